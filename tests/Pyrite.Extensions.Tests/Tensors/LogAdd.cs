namespace Pyrite.Extensions.Tensors;

/// <summary>log(eᵃ + eᵇ): an element-wise function of two arguments, written with the library's own functions of vectors.</summary>
internal readonly struct LogAdd : IElementPairFunction
{
    public static string Name => "log add";

    public static V Of<V>(V a, V b) where V : unmanaged, ISimd<V> => V.Larger(a, b) + SimdMath.Log1p(SimdMath.Exp(V.OfReal(0) - V.Abs(a - b)));

    public static Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor upstream, int argument) =>
        upstream * (argument == 0 ? a - b : b - a).Sigmoid();
}
