namespace Pyrite.Extensions.Tensors;

/// <summary>x / (1 + |x|): an element-wise function of one's own.</summary>
internal readonly struct Softsign : IElementFunction
{
    public static string Name => "softsign";

    public static V Of<V>(V x) where V : unmanaged, ISimd<V> => x / (V.OfReal(1) + V.Abs(x));

    public static Tensor? Pullback(Tensor x, Tensor y, Tensor upstream) => upstream * (1 - y.Abs()).Square();
}
