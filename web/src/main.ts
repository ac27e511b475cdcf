import "./design/base.css";
import "./design/print.css";
import { mount } from "svelte";
import App from "./App.svelte";
import { startKeys } from "./keys";
import { startRouter } from "./router.svelte";

startRouter();
startKeys();
const target = document.getElementById("app");
if (target !== null) mount(App, { target });
