namespace Pyrite;

/// <summary>An element-wise function of one real argument with its gradient: implement it in a struct without fields, and apply it with
/// <c>x.Map&lt;TFunction&gt;()</c>.</summary>
/// <remarks>
/// It is written once, over vectors of any width and precision; plain numbers and single elements are computed by the same lines. Like the library's
/// own functions it runs inside the loops of recorded steps and compiled densities. Constants are <c>V.OfReal(0.5)</c>; a number that changes is the
/// second argument of an <see cref="IElementPairFunction"/>. It must depend on its argument alone.
/// </remarks>
public interface IElementFunction
{
    /// <summary>The name that errors and <see cref="ExecutionPlan"/> show, in lower case.</summary>
    static abstract string Name { get; }

    /// <summary>The function in each lane.</summary>
    /// <typeparam name="V">A vector of Float32 or Float64.</typeparam>
    static abstract V Of<V>(V x) where V : unmanaged, ISimd<V>;

    /// <summary>The gradient for the argument, written in operations of tensors, so that it can be differentiated again.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="y">The result, for rules that are shorter with it.</param>
    /// <param name="upstream">The gradient for the result, of its shape.</param>
    /// <returns><paramref name="upstream"/> times the slope, of the shape of <paramref name="x"/>; null for a slope that is 0 everywhere.</returns>
    static abstract Tensor? Pullback(Tensor x, Tensor y, Tensor upstream);
}
