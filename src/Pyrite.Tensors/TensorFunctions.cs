using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Elementwise.Bounds;
using Pyrite.Ops.Products;

namespace Pyrite;

/// <content>Functions of several tensors of equal right.</content>
public sealed partial class Tensor
{
    /// <summary>a where the condition holds, else b; all three broadcast.</summary>
    /// <param name="condition">Bool.</param>
    /// <param name="a">Values where it is true.</param>
    /// <param name="b">Values where it is false. The branch not taken gets exactly zero gradient, even where it is NaN.</param>
    /// <exception cref="ArgumentException">The condition is not Bool.</exception>
    public static Tensor Where(Tensor condition, Tensor a, Tensor b) => WhereOperation.Of(condition, a, b);

    /// <summary>The scores that count, and 0 for those that a mask leaves out; no number that stands there, NaN neither, reaches a score or a
    /// gradient.</summary>
    /// <param name="mask">Bool; broadcasts with the scores.</param>
    /// <param name="scores">Real numbers.</param>
    public static Tensor Masked(Tensor mask, Tensor scores) => WhereOperation.Masked(mask, scores);

    /// <summary>The larger of two tensors, element by element; NaN wins, a tie gives each side half of the gradient.</summary>
    public static Tensor Maximum(Tensor a, Tensor b) => Zip<MaximumKernel>.Of(a, b);

    /// <summary>The smaller of two tensors, element by element; NaN wins, a tie gives each side half of the gradient.</summary>
    public static Tensor Minimum(Tensor a, Tensor b) => Zip<MinimumKernel>.Of(a, b);

    /// <summary>Sums products over the labels that the result does not name, for example <c>"bij,bjk-&gt;bik"</c>.</summary>
    /// <param name="equation">One group of letters an operand, separated by commas, then <c>-&gt;</c> and the result's; without it the result has the
    /// letters that occur once, in alphabetical order. <c>...</c> stands for axes that broadcast; a letter twice in one operand takes its
    /// diagonal.</param>
    /// <param name="operands">The tensors; they are combined from left to right.</param>
    /// <exception cref="ArgumentException">The equation and the shapes do not fit.</exception>
    public static Tensor EinsteinSum(string equation, params ReadOnlySpan<Tensor> operands) => Einsum.Of(equation, operands);

    /// <summary>Sums products over the labels that the result does not name, for example <c>"bij,bjk-&gt;bik"</c>.</summary>
    /// <param name="equation">One group of letters for each operand, separated by commas, then <c>-&gt;</c> and the result's.</param>
    /// <param name="operands">The tensors; they are combined from left to right.</param>
    /// <exception cref="ArgumentException">The equation and the shapes do not fit.</exception>
    public static Tensor EinsteinSum(string equation, params Tensor[] operands) => Einsum.Of(equation, operands);

    /// <summary>I_x(a, b), the regularized incomplete beta function: the chance that a Beta(a, b) variable is at most x.</summary>
    /// <remarks>Computed in double precision whatever the element type. Differentiable twice in a and b, and as often as wanted in x.</remarks>
    public static Tensor BetaLower(Tensor a, Tensor b, Tensor x) => IncompleteBeta.Lower(a, b, x);

    /// <summary>1 - I_x(a, b), exact in its own tail.</summary>
    /// <remarks>Computed in double precision whatever the element type. Differentiable twice in a and b, and as often as wanted in x.</remarks>
    public static Tensor BetaUpper(Tensor a, Tensor b, Tensor x) => IncompleteBeta.Upper(a, b, x);

    /// <summary>The x with I_x(a, b) = p.</summary>
    /// <remarks>Computed in double precision whatever the element type.</remarks>
    public static Tensor BetaLowerInverse(Tensor a, Tensor b, Tensor p) => IncompleteBeta.Inverse(a, b, p);
}
