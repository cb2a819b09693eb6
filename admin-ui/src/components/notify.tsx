/** Short-lived results ("Order 4336 is queued"), shown in a corner and said aloud. */
import { speak } from '@wordpress/a11y';
import { useSyncExternalStore } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { ToneIcon } from './badge.tsx';
import type { Tone } from './labels.ts';

interface Toast {
	readonly id: number;
	readonly text: string;
	readonly tone: Tone;
}

/** Long enough to be read twice; what matters longer stands in a notice. */
const SHOWN = 7000;
const MOST = 3;
/** Long enough for a screen reader to begin; it finishes what it has begun. */
const KEPT = 10_000;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set< () => void >();

function set( next: readonly Toast[] ): void {
	toasts = next;
	listeners.forEach( ( listener ) => listener() );
}

function dismiss( id: number ): void {
	set( toasts.filter( ( toast ) => toast.id !== id ) );
}

export function notify( text: string, tone: Tone = 'success' ): void {
	const id = ++lastId;
	announce( text, tone === 'error' ? 'assertive' : 'polite' );
	set( [ ...toasts, { id, text, tone } ].slice( -MOST ) );
	window.setTimeout( () => dismiss( id ), SHOWN );
}

/** Only for who does not see the screen change. */
export function announce(
	text: string,
	politeness: 'polite' | 'assertive' = 'polite'
): void {
	speak( text, politeness );
	window.clearTimeout( forgetting );
	forgetting = window.setTimeout( forget, KEPT );
}

let forgetting = 0;

/** Who later reads through the page does not meet news of a screen that was left. */
function forget(): void {
	for ( const region of document.querySelectorAll( '.a11y-speak-region' ) ) {
		region.textContent = '';
	}
}

export function Toasts() {
	const shown = useSyncExternalStore(
		( listener ) => {
			listeners.add( listener );
			return () => listeners.delete( listener );
		},
		() => toasts
	);
	return (
		<div className="pb-toasts">
			{ shown.map( ( { id, text, tone } ) => (
				<div key={ id } className="pb-toast">
					<ToneIcon tone={ tone } />
					<span>{ text }</span>
					<button
						type="button"
						aria-label={ __( 'Dismiss', 'pearlbridge' ) }
						onClick={ () => dismiss( id ) }
					>
						<span aria-hidden="true">×</span>
					</button>
				</div>
			) ) }
		</div>
	);
}
