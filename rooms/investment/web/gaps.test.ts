import type {RecordData} from '@tiebeam/model';
import {describe, expect, it} from 'vitest';

import {byStage, gapsOf, stageCounts} from './gaps';

const one =
    (name: string, stage: string|null, more: Record<string, string|number> = {}): RecordData =>
        ({id: name, name, version: 1, stage, ...more}) as RecordData;

describe('initiatives', () => {
  it('come furthest first', () => {
    expect(
        byStage([
          one('d', 'done'), one('b', 'idea'), one('x', null), one('a', 'idea'), one('f', 'funded')
        ]).map((record) => record.name))
        .toEqual(['f', 'a', 'b', 'x', 'd']);
  });
  it('say what keeps them from being weighed', () => {
    expect(gapsOf(one('a', 'idea', {sponsor: 'ann', problem: 'slow', p_success: 0}))
               .map((gap) => gap.field))
        .toEqual(['priority', 'one_off_cost']);
    expect(gapsOf(one('a', 'stopped'))).toEqual([]);
  });
  it('are counted by stage', () => {
    expect(stageCounts([
             one('a', 'idea'), one('b', 'idea'), one('c', 'done')
           ]).filter(({count}) => count > 0))
        .toEqual([{stage: 'idea', count: 2}, {stage: 'done', count: 1}]);
  });
});
