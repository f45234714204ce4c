using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Special;

namespace Pyrite;

/// <summary>Applies functions of real numbers that are computed number by number: special functions, roots, integrals.</summary>
/// <remarks>Arguments broadcast; integers become reals of the default precision. Results have the widest type among the arguments.</remarks>
public static class ScalarFunctions
{
    private const int MostArguments = 8;

    /// <summary>A function of one number, at each element.</summary>
    /// <typeparam name="TFunction">The function.</typeparam>
    public static Tensor Of<TFunction>(Tensor x) where TFunction : struct, IScalarFunction => Map<ScalarMap<TFunction>>.Of(x);

    /// <summary>A function of two numbers, at each pair of elements.</summary>
    /// <typeparam name="TFunction">The function.</typeparam>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static Tensor Of<TFunction>(Tensor a, Tensor b) where TFunction : struct, IScalarFunction2 => Zip<ScalarZip<TFunction>>.Of(a, b);

    /// <summary>A function of three numbers, at each three elements.</summary>
    /// <typeparam name="TFunction">The function.</typeparam>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static Tensor Of<TFunction>(Tensor a, Tensor b, Tensor c) where TFunction : struct, IScalarFunction3 =>
        ScalarTriple<TFunction>.Of(a, b, c);

    /// <summary>A function of several numbers, at all elements that stand at one place.</summary>
    /// <typeparam name="TFunction">The function.</typeparam>
    /// <param name="arguments">One to eight tensors.</param>
    /// <exception cref="ArgumentException">There are none or more than eight, or the shapes do not broadcast.</exception>
    public static Tensor OfMany<TFunction>(params ReadOnlySpan<Tensor> arguments) where TFunction : struct, IScalarFunctionOfMany =>
        arguments.Length is >= 1 and <= MostArguments
            ? ScalarMany<TFunction>.Of(arguments)
            : throw new ArgumentException(
                $"The function \"{TFunction.Name}\" was applied to {arguments.Length} tensors; expected 1 to {MostArguments}.", nameof(arguments));
}
