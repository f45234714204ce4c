namespace Pyrite.Functions;

/// <summary>(1 + s + s²/3) exp(-s) with s = √(5u): the Matérn 5/2 kernel of the squared distance u. Its slope in u is -5/6 (1 + s) exp(-s).</summary>
internal readonly struct Matern52OfSquare : IElementFunction
{
    private const double Slope = -5.0 / 6;

    private const double Ratio = 5.0 / 3;

    public static string Name => "matern 5/2";

    public static V Of<V>(V x) where V : unmanaged, ISimd<V>
    {
        V s = V.Sqrt(V.OfReal(5) * x);
        return (V.OfReal(1) + s + (s * s * V.OfReal(1.0 / 3))) * SimdMath.Exp(V.OfReal(0) - s);
    }

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor upstream) => Slope * upstream * (Ratio * x).Map<Matern32OfSquare>();
}
