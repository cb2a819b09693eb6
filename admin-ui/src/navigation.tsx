import { useEffect, useRef } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { useHost } from './api/client.tsx';
import { formatNumber } from './components/format.ts';
import { Link } from './router/router.tsx';
import { SCREENS } from './screens.ts';
import { useStatus } from './status.tsx';

/** The connection that is looked at goes along from screen to screen. */
export function Navigation( {
	current,
	connection,
}: {
	readonly current: string;
	readonly connection: string | null;
} ) {
	const host = useHost();
	const { data } = useStatus();
	const problems = data?.problems ?? 0;
	const list = useRef< HTMLUListElement >( null );
	useEffect( () => {
		// On a narrow screen the row scrolls.
		list.current
			?.querySelector( '[aria-current]' )
			?.scrollIntoView( { block: 'nearest', inline: 'nearest' } );
	}, [ current ] );
	if ( host.plugin !== null && host.plugin.state !== 'paired' ) {
		return null;
	}
	return (
		<nav
			className="pb-nav"
			aria-label={ __( 'Pearlbridge', 'pearlbridge' ) }
		>
			<ul ref={ list }>
				{ SCREENS.map( ( { name, label, scope } ) => (
					<li key={ name }>
						<Link
							to={ {
								screen: name,
								connection:
									scope === 'none' ? null : connection,
							} }
							{ ...( name === current
								? { 'aria-current': 'page' as const }
								: {} ) }
						>
							{ label() }
							{ name === 'problems' && problems > 0 && (
								<span className="pb-count">
									<span aria-hidden="true">
										{ formatNumber( problems ) }
									</span>
									<span className="pb-hidden">
										{ sprintf(
											/* translators: %s: number of open problems */
											_n(
												'%s open',
												'%s open',
												problems,
												'pearlbridge'
											),
											formatNumber( problems )
										) }
									</span>
								</span>
							) }
						</Link>
					</li>
				) ) }
			</ul>
		</nav>
	);
}
