// The investment room's pages, found by the shell.
import type {Room} from '@tiebeam/rooms';

export const room: Room = {
  id: 'investment',
  title: 'Investment',
  question: 'Where does the next euro do most, and who stands behind it?',
  order: 2,
  key: 'i',
  views: [{id: '', title: 'Portfolio', page: () => import('./Portfolio.svelte')}],
  types: ['initiative'],
};
