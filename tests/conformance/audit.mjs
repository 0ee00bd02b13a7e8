// Runs the GraphQL-over-HTTP audit suite of the npm package graphql-http against a server and prints its results as JSON.
//   node audit.mjs URL [ACCESS_TOKEN]
import { auditServer } from "graphql-http";

const [url, token] = process.argv.slice(2);
const asCaller = (address, init = {}) => {
  const headers = new Headers(init.headers);
  if (token) headers.set("authorization", `Bearer ${token}`);
  return fetch(address, { ...init, headers });
};
const results = await auditServer({ url, fetchFn: asCaller });
console.log(JSON.stringify(results.map(({ id, name, status, reason }) => ({ id, name, status, reason }))));
