// What is known of the organisation that is open, for whatever stands around or in a page.

import type { OrganisationRow, OrganisationState, Source } from "../model";

class Organisation {
  current: OrganisationState | null = $state.raw(null);
  /** All that this program keeps. */
  all: readonly OrganisationRow[] = $state.raw([]);

  /** The time zone of the organisation, for instantText. */
  get zone(): string {
    return this.current?.zone ?? "UTC";
  }
}
export const organisation = new Organisation();

const limitDays = 31;
/** A source nobody brought up to date for a month. Where people fixed the as-of, nothing is late. */
export function isLate(source: Source, state: OrganisationState, now = Date.now()): boolean {
  return !state.as_of_fixed && now - Date.parse(source.imported_at) > limitDays * 86_400_000;
}
