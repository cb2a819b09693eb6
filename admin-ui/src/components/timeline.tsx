import type { ReactNode } from 'react';
import { ToneIcon } from './badge.tsx';
import type { Tone } from './labels.ts';
import { Time } from './values.tsx';

export interface TimelineItem {
	readonly key: string;
	readonly at: string;
	readonly tone: Tone;
	readonly title: ReactNode;
	readonly body?: ReactNode;
}

/** What happened, in order; an `<ol>`, so that a screen reader says how many. */
export function Timeline( {
	items,
	label,
}: {
	readonly items: readonly TimelineItem[];
	readonly label: string;
} ) {
	return (
		<ol className="pb-timeline" aria-label={ label }>
			{ items.map( ( { key, at, tone, title, body } ) => (
				<li key={ key }>
					<ToneIcon tone={ tone } />
					<div className="pb-timeline__text">
						<div className="pb-timeline__title">{ title }</div>
						{ body !== undefined && (
							<div className="pb-timeline__body">{ body }</div>
						) }
					</div>
					<Time at={ at } exact />
				</li>
			) ) }
		</ol>
	);
}
