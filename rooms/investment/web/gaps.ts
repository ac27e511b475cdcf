// What keeps an initiative from being weighed against the others.
import type {RecordData} from '@tiebeam/model';

export const stages =
    ['idea', 'discovery', 'proposed', 'funded', 'scaling', 'done', 'stopped'] as const;

export interface Gap {
  readonly field: string;
  readonly says: string;
}
const wanted: readonly Gap[] = [
  {field: 'sponsor', says: 'nobody stands behind it'},
  {field: 'priority', says: 'serves no priority'},
  {field: 'problem', says: 'no problem named'},
  {field: 'one_off_cost', says: 'no cost'},
  {field: 'p_success', says: 'no chance of success'},
];
export const isOpen = (record: RecordData): boolean =>
    !['done', 'stopped'].includes(String(record['stage'] ?? ''));

export function gapsOf(record: RecordData): Gap[] {
  return isOpen(record) ? wanted.filter(
                              (gap) => record[gap.field] === null ||
                                  record[gap.field] === undefined || record[gap.field] === '') :
                          [];
}

/** Furthest first: what is funded or scaling, then what is proposed, ideas, and what is over. */
export function byStage(records: readonly RecordData[]): RecordData[] {
  const order = ['scaling', 'funded', 'proposed', 'discovery', 'idea', 'done', 'stopped'];
  const rank = (record: RecordData): number => {
    const at = order.indexOf(String(record['stage'] ?? ''));
    return at < 0 ? 4.5 : at;  // of unknown stage: after ideas
  };
  return [...records].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

export function stageCounts(records: readonly RecordData[]): {stage: string; count: number}[] {
  return stages.map(
      (stage) => ({stage, count: records.filter((record) => record['stage'] === stage).length}));
}
