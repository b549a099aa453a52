import TileGrid from '@/components/bench/TileGrid';
import type { Conflict, ReviewTask } from '../api/reviews';
import type { Decided } from '../work/proposal';
import { pickedSoFar } from '../work/picks';
import { People } from './People';

/** The images to pick among: who picked which, what it comes to, and the one in question. */
export default function ReviewTiles(props: {
  task: ReviewTask;
  conflict: Conflict | undefined;
  decided: Decided;
}) {
  const { task, conflict, decided } = props;
  const pickers = (tile: string) => {
    const versions = task.versions.filter(({ accept, late }) => !late && accept.includes(tile));
    const place = task.images.findIndex(({ id }) => id === tile);
    if (versions.length === 0) return place + 1;
    return (
      <span>
        {place + 1} · <People count={versions.length} /> {versions.map(({ key }) => key).join(' ')}
      </span>
    );
  };
  return (
    <TileGrid
      question={task.question}
      images={task.images}
      picked={pickedSoFar(task, decided)}
      marked={conflict?.option == null ? undefined : String(conflict.option)}
      note={pickers}
    />
  );
}
