namespace Pyrite;

/// <summary>An element-wise function of two real arguments with its gradients: implement it in a struct without fields, and apply it with
/// <c>a.Zip&lt;TFunction&gt;(b)</c>.</summary>
/// <remarks>As <see cref="IElementFunction"/>. The arguments broadcast against each other; gradients are summed over what was broadcast by the
/// caller.</remarks>
public interface IElementPairFunction
{
    /// <summary>The name that errors and <see cref="ExecutionPlan"/> show, in lower case.</summary>
    static abstract string Name { get; }

    /// <summary>The function of each pair of lanes.</summary>
    /// <typeparam name="V">A vector of Float32 or Float64.</typeparam>
    static abstract V Of<V>(V a, V b) where V : unmanaged, ISimd<V>;

    /// <summary>The gradient for one argument, written in operations of tensors.</summary>
    /// <param name="a">The first argument.</param>
    /// <param name="b">The second argument.</param>
    /// <param name="y">The result.</param>
    /// <param name="upstream">The gradient for the result, of its shape.</param>
    /// <param name="argument">0 for <paramref name="a"/>, 1 for <paramref name="b"/>.</param>
    /// <returns>Of the result's shape; null for a slope that is 0 everywhere.</returns>
    static abstract Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor upstream, int argument);
}
