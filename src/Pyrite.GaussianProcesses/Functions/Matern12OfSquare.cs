namespace Pyrite.Functions;

/// <summary>exp(-√u): the Matérn 1/2 kernel of the squared distance u.</summary>
/// <remarks>At distance 0 the kernel has a corner; its slope counts as 0 there, the mean of both sides.</remarks>
internal readonly struct Matern12OfSquare : IElementFunction
{
    public static string Name => "matern 1/2";

    public static V Of<V>(V x) where V : unmanaged, ISimd<V> => SimdMath.Exp(V.OfReal(0) - V.Sqrt(x));

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor upstream)
    {
        Tensor isApart = x > 0;
        return Tensor.Where(isApart, -0.5 * upstream * y / Tensor.Where(isApart, x, 1).Sqrt(), 0);
    }
}
