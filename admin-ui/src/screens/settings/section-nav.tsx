import { useEffect, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { Select } from '../../components/form/inputs.tsx';
import { SECTIONS } from './fields.ts';

/** The sections beside the form; a drop-down where there is no room beside it. */
export function SectionNav( {
	changed,
	faulty,
}: {
	readonly changed: ReadonlyMap< string, number >;
	readonly faulty: ReadonlyMap< string, number >;
} ) {
	const current = useSectionInView();
	const items = [
		...SECTIONS.map( ( { name, title } ) => ( { name, title: title() } ) ),
		{ name: 'history', title: __( 'History', 'pearlbridge' ) },
		{ name: 'file', title: __( 'Settings as a file', 'pearlbridge' ) },
	];
	return (
		<nav
			className="pb-settings__nav"
			aria-label={ __( 'Sections of the settings', 'pearlbridge' ) }
		>
			<ul>
				{ items.map( ( { name, title } ) => (
					<li key={ name }>
						<a
							href={ `#pb-section-${ name }` }
							{ ...( name === current
								? { 'aria-current': 'true' as const }
								: {} ) }
							onClick={ ( event ) => {
								// The address belongs to the router.
								event.preventDefault();
								go( name );
							} }
						>
							{ title }
							{ faulty.has( name ) ? (
								<Dot
									error
									text={ __( 'to put right', 'pearlbridge' ) }
								/>
							) : (
								changed.has( name ) && (
									<Dot
										text={ __( 'changed', 'pearlbridge' ) }
									/>
								)
							) }
						</a>
					</li>
				) ) }
			</ul>
			<div className="pb-settings__jump">
				<Select
					aria-label={ __( 'Go to section', 'pearlbridge' ) }
					value={ current }
					options={ items.map( ( { name, title } ) => ( {
						value: name,
						label: title,
					} ) ) }
					onChange={ go }
				/>
			</div>
		</nav>
	);
}

function Dot( {
	text,
	error = false,
}: {
	readonly text: string;
	readonly error?: boolean;
} ) {
	return (
		<span className={ `pb-dot${ error ? ' pb-dot--error' : '' }` }>
			<span className="pb-hidden">{ text }</span>
		</span>
	);
}

function go( name: string ): void {
	const section = document.getElementById( `pb-section-${ name }` );
	section?.scrollIntoView( { block: 'start' } );
	section?.querySelector< HTMLElement >( 'h2' )?.focus( {
		preventScroll: true,
	} );
}

/** The last one whose top has passed the upper third. */
function useSectionInView(): string {
	const [ current, setCurrent ] = useState< string >( SECTIONS[ 0 ]!.name );
	useEffect( () => {
		let asked = 0;
		const look = (): void => {
			asked = 0;
			const line = window.innerHeight / 3;
			const passed = [
				...document.querySelectorAll< HTMLElement >(
					'[id^="pb-section-"].pb-panel'
				),
			].filter(
				( section ) => section.getBoundingClientRect().top <= line
			);
			const last = passed[ passed.length - 1 ] ?? null;
			setCurrent(
				last === null
					? SECTIONS[ 0 ]!.name
					: last.id.replace( 'pb-section-', '' )
			);
		};
		const onScroll = (): void => {
			if ( asked === 0 ) {
				asked = window.requestAnimationFrame( look );
			}
		};
		window.addEventListener( 'scroll', onScroll, { passive: true } );
		look();
		return () => {
			window.removeEventListener( 'scroll', onScroll );
			window.cancelAnimationFrame( asked );
		};
	}, [] );
	return current;
}
