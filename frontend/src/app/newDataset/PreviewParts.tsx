import { lazy, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { drawingTools, Editor } from '@/canvas';
import type { Span } from '@/canvas';
import { AnnotationCanvas, useEditorValue } from '@/canvas-react';
import controls from '@/components/bench/controls.module.css';
import { ToolButtons } from '@/components/bench/ToolButtons';
import { LazyPart } from '@/components/LazyPart';
import frame from '@/components/bench/frame.module.css';
import { BoxPanel } from '@/features/labelling/components/BoxPanel';
import { LabelPanel } from '@/features/labelling/components/LabelPanel';
import type { Dataset } from '@/lib/datasets';
import { drawingOf } from '@/lib/drawing';
import { CAR, STREET, TILES, TREE } from './pictures';
import classes from './preview.module.css';
import { useChosen } from './useChosen';

const TileGrid = lazy(() => import('@/components/bench/TileGrid'));

export function PickedTiles({ question }: { question: string }) {
  const [picked, pick] = useChosen('multiple');
  return (
    <div className={classes.stage} data-tiles>
      <LazyPart>
        <TileGrid question={question} images={TILES} picked={picked} onToggle={pick} />
      </LazyPart>
    </div>
  );
}

/** A picture with nothing to draw on it. */
export function Picture({ dataset }: { dataset: Dataset }) {
  return <Stage editor={useExample(dataset, [])} />;
}

/** The picture with shapes as they will look, and the labels beside it. */
export function Shapes({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation('datasets');
  const [searching, setSearching] = useState(false);
  const editor = useExample(dataset, examplesFor(dataset));
  const tool = useEditorValue(editor, (state) => state.tool);
  const draws = dataset.interface === 'image_manual';
  return (
    <>
      <Stage editor={editor} />
      <div className={classes.side}>
        {dataset.labels.length === 0 && <p className={frame.hint}>{t('start.noLabels')}</p>}
        {dataset.labels.length > 0 && !draws && <BoxPanel editor={editor} />}
        {dataset.labels.length > 0 && draws && (
          <>
            <div className={controls.tools}>
              <ToolButtons
                tools={['select', ...drawingTools(drawingOf(dataset))]}
                chosen={tool}
                onChoose={(each) => editor.setTool(each)}
              />
            </div>
            <LabelPanel
              dataset={dataset}
              editor={editor}
              search={{ open: searching, set: setSearching }}
            />
          </>
        )}
      </div>
    </>
  );
}

function Stage({ editor }: { editor: Editor }) {
  const { t } = useTranslation('datasets');
  return (
    <div className={classes.stage}>
      <AnnotationCanvas
        editor={editor}
        image={STREET}
        label={t('start.previewImage')}
        takesFocus={false}
      />
    </div>
  );
}

function useExample(dataset: Dataset, spans: readonly Span[]): Editor {
  const { labels, drawing, interface: kind } = dataset;
  const said = JSON.stringify([kind, labels, drawing]);
  // Whatever is typed makes the dataset anew; only what is drawn by it makes the picture anew.
  return useMemo(() => {
    const draws = kind === 'image_manual' && labels.length > 0;
    return new Editor({
      image: STREET,
      labels,
      spans,
      tool: draws ? undefined : 'select',
      readOnly: !draws,
      spotlight: kind === 'image',
      drawing: drawingOf(dataset),
      showTags: drawing.show_labels,
    });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `said` is all that it is made of
  }, [said]);
}

/** A box of the first label and an outline of the second, as far as either may be drawn. */
function examplesFor({ labels, drawing, interface: kind }: Dataset): Span[] {
  const [first, second = first] = labels.map(({ name }) => name);
  if (first === undefined || second === undefined) return [];
  const boxed = kind === 'image' || drawing.shapes.includes('rect');
  const outlined = kind !== 'image' && drawing.shapes.includes('polygon');
  const tree = TREE.map(([x, y]) => [x, y] as const);
  return [
    ...(boxed ? [{ type: 'rect', label: first, ...CAR }] : []),
    ...(outlined ? [{ type: 'polygon', label: boxed ? second : first, points: tree }] : []),
  ];
}
