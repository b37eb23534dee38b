# One image for every process: the command chooses (see docker-compose.yml). Build: docker build -t order-fulfillment .
# Node 24 is the newest line with long-term support; pinned by digest, the tag is for people.
ARG NODE_IMAGE=node:24-bookworm-slim@sha256:6f7b03f7c2c8e2e784dcf9295400527b9b1270fd37b7e9a7285cf83b6951452d

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Scripts of dependencies are not needed here: the embedded Postgres, which has one, is for `npm start` only.
RUN npm ci --ignore-scripts
COPY .swcrc ./
COPY scripts ./scripts
COPY apps ./apps
COPY libs ./libs
RUN npm run build

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

FROM ${NODE_IMAGE} AS production
ENV NODE_ENV=production
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER node
EXPOSE 8000 8001 8002
# Node itself is the first process: it gets SIGTERM and finishes its work. Start with an init (`init: true`) to reap others.
CMD ["node", "--enable-source-maps", "--max-semi-space-size=32", "--heap-growing-percent=30", "--no-allocation-site-pretenuring", "dist/apps/api/src/main.js"]
