import type { Room } from "@tiebeam/rooms";

export const room: Room = {
  id: "flow",
  title: "Flow",
  question: "How long does an idea take to become of use, and where does it wait?",
  order: 3,
  key: "f",
  types: ["value_stream", "work_item"],
  panel: () => import("./TablePanel.svelte"),
  views: [
    { id: "", title: "Overview", page: () => import("./Overview.svelte") },
    { id: "cycle-time", title: "Cycle time", page: () => import("./CycleTime.svelte") },
    { id: "ageing", title: "Ageing", page: () => import("./Ageing.svelte") },
    { id: "cumulative", title: "Cumulative flow", page: () => import("./Cumulative.svelte") },
    { id: "distribution", title: "Distribution", page: () => import("./Distribution.svelte") },
    { id: "waits", title: "Where it waits", page: () => import("./Waits.svelte") },
    { id: "demand", title: "Demand", page: () => import("./Demand.svelte") },
    { id: "people", title: "Who it rests on", page: () => import("./People.svelte") },
    { id: "delivery", title: "Delivery", page: () => import("./Delivery.svelte") },
    { id: "forecast", title: "Forecast", page: () => import("./Forecast.svelte") },
    { id: "what-if", title: "What if", page: () => import("./WhatIf.svelte") },
  ],
};
