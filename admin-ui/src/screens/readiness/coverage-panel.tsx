import { __, sprintf } from '@wordpress/i18n';
import type { MappingReport } from '../../../../src/contracts/answers.ts';
import { Panel, formatNumber } from '../../components/index.ts';
import { coverage, foundShare, productsOf } from './report.ts';
import { coverageName } from './words.ts';

/** How many of the shop's products Brightpearl knows: a bar to look at, a table to read. */
export function CoveragePanel( {
	skus,
}: {
	readonly skus: MappingReport[ 'skus' ];
} ) {
	const parts = coverage( skus );
	const found = foundShare( skus );
	if ( found === null ) {
		return null;
	}
	return (
		<Panel title={ __( 'Products', 'pearlbridge' ) }>
			<div className="pb-coverage">
				<p className="pb-coverage__figure">
					<strong>
						{ sprintf(
							/* translators: %s: percent */
							__( '%s %%', 'pearlbridge' ),
							formatNumber( found )
						) }
					</strong>
					<span className="pb-muted">
						{ sprintf(
							/* translators: %s: number of products */
							__( 'of %s found in Brightpearl', 'pearlbridge' ),
							formatNumber( productsOf( skus ) )
						) }
					</span>
				</p>
				<div className="pb-coverage__bar" aria-hidden="true">
					{ parts
						.filter( ( { count } ) => count > 0 )
						.map( ( { name, share } ) => (
							<span
								key={ name }
								className={ `is-${ name }` }
								style={ { inlineSize: `${ share }%` } }
							/>
						) ) }
				</div>
				<table className="pb-coverage__table">
					<caption className="pb-hidden">
						{ __(
							'Products of the shop in Brightpearl',
							'pearlbridge'
						) }
					</caption>
					<thead className="pb-hidden">
						<tr>
							<th scope="col">{ __( 'How', 'pearlbridge' ) }</th>
							<th scope="col">
								{ __( 'Products', 'pearlbridge' ) }
							</th>
						</tr>
					</thead>
					<tbody>
						{ parts.map( ( { name, count } ) => (
							<tr
								key={ name }
								className={ count === 0 ? 'is-zero' : '' }
							>
								<th scope="row">
									<span
										className={ `pb-coverage__key is-${ name }` }
										aria-hidden="true"
									/>
									{ coverageName( name ) }
								</th>
								<td>{ formatNumber( count ) }</td>
							</tr>
						) ) }
					</tbody>
				</table>
			</div>
		</Panel>
	);
}
