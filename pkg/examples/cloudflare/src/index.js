export { default } from "doorward/worker";
