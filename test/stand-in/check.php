<?php
/**
 * Keeps the stand-in honest: whatever WooCommerce name it declares must exist in WooCommerce's
 * own signatures, with the same parameters.
 *
 * One process loads the stand-in and prints what it declares; this one loads the stubs, which
 * declare the same names and so cannot live beside it. It cannot check behaviour: for that the
 * same tests run against the real WooCommerce when WOOCOMMERCE_DIR names one.
 *
 * @package Pearlbridge
 */

namespace Pearlbridge_Stand_In;

const VENDOR = __DIR__ . '/../../vendor/php-stubs/';

if ( '--declared' === ( $argv[1] ?? '' ) ) {
	declared();
	exit( 0 );
}
exit( check() );

/**
 * Prints what the stand-in declares.
 */
function declared(): void {
	define( 'ABSPATH', '/' );
	foreach ( array( 'add_action', 'add_filter', 'register_activation_hook', 'do_action' ) as $name ) {
		eval( "namespace { function $name() {} }" ); // phpcs:ignore Squiz.PHP.Eval
	}
	$before = array_merge( get_declared_classes(), get_declared_interfaces() );
	require __DIR__ . '/woocommerce/woocommerce.php';
	$declared = array(
		'functions' => array(),
		'methods'   => array(),
	);
	foreach ( array_diff( array_merge( get_declared_classes(), get_declared_interfaces() ), $before ) as $class ) {
		$reflection = new \ReflectionClass( $class );
		if ( is_ours( $class ) ) {
			continue;
		}
		$declared['methods'][ $class ] = array();
		foreach ( $reflection->getMethods( \ReflectionMethod::IS_PUBLIC ) as $method ) {
			if ( $method->class === $class && ! is_ours( $method->name ) ) {
				$declared['methods'][ $class ][ $method->name ] = parameters( $method );
			}
		}
	}
	foreach ( get_defined_functions()['user'] as $name ) {
		$function = new \ReflectionFunction( $name );
		if ( ! is_ours( $function->name ) && 0 === strpos( (string) $function->getFileName(), __DIR__ . '/woocommerce/' ) ) {
			$declared['functions'][ $function->name ] = parameters( $function );
		}
	}
	echo json_encode( $declared );
}

/**
 * Compares.
 *
 * @return int 0 when all is honest.
 */
function check(): int {
	foreach ( array( 'wordpress-stubs/wordpress-stubs', 'woocommerce-stubs/woocommerce-stubs', 'woocommerce-stubs/woocommerce-packages-stubs' ) as $file ) {
		require VENDOR . $file . '.php';
	}
	$declared = json_decode( (string) shell_exec( escapeshellarg( PHP_BINARY ) . ' ' . escapeshellarg( __FILE__ ) . ' --declared' ), true );
	if ( ! is_array( $declared ) || array() === $declared['methods'] || array() === $declared['functions'] ) {
		fwrite( STDERR, "The stand-in could not be loaded.\n" );
		return 1;
	}
	$wrong = array();
	$count = 0;
	foreach ( $declared['functions'] as $name => $parameters ) {
		++$count;
		$wrong[] = function_exists( $name ) ? difference( "$name()", $parameters, parameters( new \ReflectionFunction( $name ) ) ) : "$name() is no function of WooCommerce";
	}
	foreach ( $declared['methods'] as $class => $methods ) {
		if ( ! class_exists( $class ) && ! interface_exists( $class ) ) {
			$wrong[] = "$class is no class of WooCommerce";
			continue;
		}
		foreach ( $methods as $name => $parameters ) {
			++$count;
			$wrong[] = method_exists( $class, $name )
				? difference( "$class::$name()", $parameters, parameters( new \ReflectionMethod( $class, $name ) ) )
				: "$class::$name() is no method of WooCommerce";
		}
	}
	$wrong = array_filter( $wrong );
	foreach ( $wrong as $sentence ) {
		fwrite( STDERR, "$sentence\n" );
	}
	echo count( $wrong ) . " of $count names of the stand-in differ from WooCommerce's.\n";
	return array() === $wrong ? 0 : 1;
}

/**
 * How two lists of parameters differ; null = not at all.
 *
 * @param string   $what Function.
 * @param string[] $here The stand-in's.
 * @param string[] $real WooCommerce's.
 */
function difference( string $what, array $here, array $real ): ?string {
	return $here === $real ? null : "$what takes ( " . implode( ', ', $here ) . ' ) here, in WooCommerce ( ' . implode( ', ', $real ) . ' )';
}

/**
 * Names of parameters, with `?` behind those that may be left out.
 *
 * @param \ReflectionFunctionAbstract $of Function.
 * @return string[]
 */
function parameters( \ReflectionFunctionAbstract $of ): array {
	return array_map(
		static function ( \ReflectionParameter $parameter ) {
			return '$' . $parameter->getName() . ( $parameter->isOptional() ? '?' : '' );
		},
		$of->getParameters()
	);
}

/**
 * What the stand-in needs for itself says so in its name.
 *
 * @param string $name Name.
 */
function is_ours( string $name ): bool {
	return 1 === preg_match( '/^(pearlbridge_stand_in|stand_in)/i', $name );
}
