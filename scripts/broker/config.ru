# A Pact Broker for tests: on loopback, with basic authentication, its data in one SQLite file.
require 'pact_broker'

run PactBroker::App.new { |config|
  config.database_url = "sqlite:///#{ENV.fetch('BROKER_DATABASE')}"
  config.basic_auth_enabled = true
  config.basic_auth_username = ENV.fetch('BROKER_USERNAME')
  config.basic_auth_password = ENV.fetch('BROKER_PASSWORD')
  config.log_stream = :stdout
  config.log_level = :warn
}
