namespace Pyrite;

/// <summary>A real function of one number that is computed number by number, with branches, series and loops: implement it in a struct without
/// fields, and apply it with <c>ScalarFunctions.Of&lt;TFunction&gt;(x)</c>.</summary>
/// <remarks>It computes in double precision whatever the element type. Where the function can be written without branches, an
/// <see cref="IElementFunction"/> computes several numbers at once.</remarks>
public interface IScalarFunction
{
    /// <summary>The name that errors and <see cref="ExecutionPlan"/> show, in lower case.</summary>
    static abstract string Name { get; }

    /// <summary>The value at x.</summary>
    static abstract double Of(double x);

    /// <summary>The gradient for the argument, written in operations of tensors, so that it can be differentiated again.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="y">The result, for rules that are shorter with it.</param>
    /// <param name="dy">The gradient for the result.</param>
    /// <returns><paramref name="dy"/> times the slope; null for a slope that is 0 everywhere.</returns>
    static abstract Tensor? Pullback(Tensor x, Tensor y, Tensor dy);
}
