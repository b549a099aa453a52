import { useQueries } from '@tanstack/react-query';
import { useCallback, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/lib/http';
import { errorText } from '@/lib/errorText';
import { type Looked, lineThumbnailQuery } from '../api/lineThumbnail';
import type { PreviewLine } from '../api/preview';
import classes from './LinePictures.module.css';
import { ShapesOver, type Size } from './ShapesOver';

/** Of a line that names several images so many are shown. */
const SHOWN = 4;

/** What a line would bring, in small, or why it would bring nothing. */
export function LinePictures({ looked, line }: { looked: Looked; line: PreviewLine }) {
  const { t } = useTranslation('importing');
  const [seen, setSeen] = useState<Size | null>(null);
  const onLoad = ({ currentTarget: image }: SyntheticEvent<HTMLImageElement>) =>
    setSeen([image.naturalWidth, image.naturalHeight]);
  const alt = t('look.pictureOf', { line: line.line });
  // Of a group only its first image is known.
  const known = line.images.length <= 1 ? line.known_image : null;
  const places = known !== null ? [] : line.images.slice(0, SHOWN).map((_, n) => n + 1);
  const pictures = useQueries({
    queries: places.map((place) => lineThumbnailQuery(looked, line, place)),
  });
  const error = pictures.find((picture) => picture.error)?.error;
  const alone = line.images.length === 1;
  if (alone && error) return <Reason error={error} />;
  return (
    <>
      <div className={classes.pictures} data-alone={alone}>
        {alone && <ShapesOver line={line} seen={seen} />}
        {known !== null && (
          <img src={`/api/images/${known}/thumbnail/`} alt={alt} onLoad={onLoad} />
        )}
        {pictures.map(({ data, error }, n) =>
          data ? (
            <Picture key={n} file={data} alt={alt} onLoad={onLoad} />
          ) : (
            <span key={n} data-failed={error !== null} />
          ),
        )}
      </div>
      {error && <Reason error={error} />}
    </>
  );
}

/** The words with which the import would refuse it. */
function Reason({ error }: { error: Error }) {
  const { t } = useTranslation('importing');
  const told = error instanceof ApiError && error.status === 422 ? error.message : errorText(error);
  const maybe = error instanceof ApiError && mayComeIn(error);
  return (
    <small className={classes.reason} data-maybe={maybe} title={told}>
      {told} {maybe && t('look.maybe')}
    </small>
  );
}

/** The import has more time, and tries again. */
function mayComeIn({ status, body }: ApiError): boolean {
  return status !== 422 || (body as { retryable?: boolean }).retryable === true;
}

interface Shown {
  file: Blob;
  alt: string;
  onLoad: (event: SyntheticEvent<HTMLImageElement>) => void;
}

function Picture({ file, alt, onLoad }: Shown) {
  const show = useCallback(
    (image: HTMLImageElement | null) => {
      if (image === null) return undefined;
      const url = URL.createObjectURL(file);
      image.src = url;
      return () => URL.revokeObjectURL(url);
    },
    [file],
  );
  return <img ref={show} alt={alt} onLoad={onLoad} />;
}
