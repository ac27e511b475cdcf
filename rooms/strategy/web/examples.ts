// Three priorities to rewrite, for an organisation that has written none yet. Never shown as its own.

export interface Example {
  readonly name: string;
  readonly statement: string;
  readonly horizon: string;
}
export const examples: readonly Example[] = [
  { name: "Keep the customers we win", statement: "Fewer customers leave us within a year: from 13 to 10 in 100, because what they were promised is what they get.", horizon: "this_year" },
  { name: "Cash sooner after the order", statement: "An order is paid 47 days after it came in; we want 38, without losing an order to slow checks.", horizon: "this_year" },
  { name: "No unplanned stops", statement: "What the business stands on keeps running, and we have proved that it comes back within hours.", horizon: "three_to_five_years" },
];
