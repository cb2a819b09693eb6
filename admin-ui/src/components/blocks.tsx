/** What screens are built of: headings, panels, and what stands where nothing is yet. */
import { useEffect, useId, useRef } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { ReactNode } from 'react';
import { useRoute } from '../router/router.tsx';

/** The address whose heading was shown last: a screen that is only drawn again keeps the focus. */
let shown: string | null = null;

/**
 * The one `<h1>` of a screen. Names the document, and takes the focus when the person came here
 * by a link, so that reading goes on at the top of what is new.
 */
export function ScreenHeading( {
	title,
	children,
	back,
	meta,
}: {
	readonly title: string;
	/** Actions, at the end of the line. */
	readonly children?: ReactNode;
	/** A `Link` to where one came from. */
	readonly back?: ReactNode;
	/** Beside the title: a badge. */
	readonly meta?: ReactNode;
} ) {
	const { screen, connection, rest } = useRoute();
	const path = [ screen, connection ?? '', ...rest ].join( '/' );
	const heading = useRef< HTMLHeadingElement >( null );
	useEffect( () => {
		if ( shown !== null && shown !== path ) {
			heading.current?.focus( { preventScroll: true } );
			window.scrollTo( 0, 0 );
		}
		shown = path;
	}, [ path ] );
	useEffect( () => {
		document.title = sprintf(
			/* translators: %s: name of the screen or of what it shows */
			__( '%s ‹ Pearlbridge', 'pearlbridge' ),
			title
		);
	}, [ title ] );
	return (
		<div className="pb-heading">
			{ back !== undefined && (
				<div className="pb-heading__back">{ back }</div>
			) }
			<div className="pb-heading__line">
				<h1 ref={ heading } tabIndex={ -1 }>
					{ title }
				</h1>
				{ meta }
				{ children !== undefined && (
					<div className="pb-heading__actions">{ children }</div>
				) }
			</div>
		</div>
	);
}

export function Panel( {
	title,
	actions,
	children,
	flush = false,
	id,
	level = 2,
}: {
	readonly title: string;
	readonly actions?: ReactNode;
	readonly children: ReactNode;
	/** Without padding: a table reaches the edges. */
	readonly flush?: boolean;
	/** Anchor for deep links. */
	readonly id?: string;
	readonly level?: 2 | 3;
} ) {
	const made = useId();
	const labelledBy = `${ id ?? made }-title`;
	const Heading = level === 2 ? 'h2' : 'h3';
	return (
		<section
			id={ id }
			className={ `pb-panel${ flush ? ' pb-panel--flush' : '' }` }
			aria-labelledby={ labelledBy }
		>
			<div className="pb-panel__head">
				<Heading id={ labelledBy }>{ title }</Heading>
				{ actions !== undefined && (
					<div className="pb-panel__actions">{ actions }</div>
				) }
			</div>
			<div className="pb-panel__body">{ children }</div>
		</section>
	);
}

/** Nothing here, why, and what to do. */
export function Empty( {
	title,
	children,
	action,
	heading = false,
}: {
	readonly title: string;
	readonly children?: ReactNode;
	readonly action?: ReactNode;
	/** It stands for the whole screen, which has no other heading. */
	readonly heading?: boolean;
} ) {
	const Title = heading ? 'h1' : 'p';
	return (
		<div className="pb-empty">
			<Title className="pb-empty__title">{ title }</Title>
			{ children !== undefined && (
				<div className="pb-empty__text">{ children }</div>
			) }
			{ action }
		</div>
	);
}

/**
 * Keeps the place of what is still loading; `lines` or `height` as near to it as can be told, so
 * that nothing jumps when it comes.
 */
export function Skeleton( {
	lines = 3,
	height,
}: {
	readonly lines?: number;
	/** CSS length of the whole. */
	readonly height?: string;
} ) {
	return (
		<div
			className="pb-skeleton"
			role="status"
			{ ...( height === undefined ? {} : { style: { height } } ) }
		>
			<span className="pb-hidden">
				{ __( 'Loading…', 'pearlbridge' ) }
			</span>
			{ height === undefined &&
				Array.from( { length: lines }, ( _, line ) => (
					<span key={ line } className="pb-skeleton__line" />
				) ) }
		</div>
	);
}
