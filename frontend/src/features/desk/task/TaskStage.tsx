import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Editor } from '@/canvas';
import { AnnotationCanvas } from '@/canvas-react';
import { BrokenImage } from '@/components/bench/BrokenImage';
import TileGrid from '@/components/bench/TileGrid';
import { useBroken } from '@/components/bench/useBroken';
import type { Label } from '@/lib/datasets';
import type { TaskStory } from './moments';
import { layersOf, saidIn } from './shown';
import type { Shown } from './shown';

/** The image of a task, to be zoomed into, with the shapes of what is shown; or the images that
 * people pick among. */
export default function TaskStage(props: {
  story: TaskStory;
  shown: Shown;
  labels: readonly Label[];
  onEditor: (editor: Editor | null) => void;
}) {
  const { story, shown } = props;
  const [image] = story.images;
  if (image?.tile)
    return (
      <TileGrid
        question={story.question}
        images={story.images}
        picked={saidIn(story, shown)?.accept ?? []}
      />
    );
  return image ? <One key={image.id} {...props} image={image} /> : null;
}

function One(props: {
  story: TaskStory;
  shown: Shown;
  image: TaskStory['images'][number];
  labels: readonly Label[];
  onEditor: (editor: Editor | null) => void;
}) {
  const { t } = useTranslation('story');
  const { story, shown, image, labels, onEditor } = props;
  const editor = useMemo(
    () => new Editor({ image, labels, tool: 'select', readOnly: true }),
    [image, labels],
  );
  useEffect(() => {
    onEditor(editor);
    return () => {
      onEditor(null);
    };
  }, [editor, onEditor]);
  useEffect(() => {
    editor.setLayers(layersOf(story, shown));
  }, [editor, story, shown]);
  const broken = useBroken(image.id);
  const name = image.name || t('untitled');
  return (
    <>
      <AnnotationCanvas
        key={broken.tries}
        editor={editor}
        image={image}
        label={t('image', { name })}
        onReady={broken.shown}
        onError={broken.fail}
      />
      {broken.error && <BrokenImage name={name} error={broken.error} onRetry={broken.retry} />}
    </>
  );
}
