# Slim and not Alpine: Pact's engine needs glibc.
FROM node:22-slim AS build
WORKDIR /standin
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY src src
RUN npm run build
RUN npm prune --omit=dev --ignore-scripts

FROM node:22-slim
# The folder of the state belongs to the user that runs the server.
RUN install --directory --owner=node --group=node /data
WORKDIR /standin
COPY --from=build /standin/package.json package.json
COPY --from=build /standin/node_modules node_modules
COPY --from=build /standin/dist dist
COPY fixtures/onboarding fixtures/onboarding
COPY openapi openapi
COPY contracts contracts
COPY docs/errors.md docs/errors.md
COPY docs/rules docs/rules
ENV NODE_ENV=production STANDIN_HOST=0.0.0.0 STANDIN_PORT=10000 STANDIN_STORE=/data
USER node
# Where the docs to stand in for are mounted; without any it is the bundled API.
WORKDIR /docs
VOLUME /data
EXPOSE 10000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.STANDIN_PORT}/_standin/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/standin/dist/cli/main.js"]
