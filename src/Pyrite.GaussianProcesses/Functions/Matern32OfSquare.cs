namespace Pyrite.Functions;

/// <summary>(1 + s) exp(-s) with s = √(3u): the Matérn 3/2 kernel of the squared distance u. Its slope in u, -3/2 exp(-s), is finite
/// everywhere.</summary>
internal readonly struct Matern32OfSquare : IElementFunction
{
    public static string Name => "matern 3/2";

    public static V Of<V>(V x) where V : unmanaged, ISimd<V>
    {
        V s = V.Sqrt(V.OfReal(3) * x);
        return (V.OfReal(1) + s) * SimdMath.Exp(V.OfReal(0) - s);
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor upstream) => -1.5 * upstream * (3 * x).Map<Matern12OfSquare>();
}
