using Pyrite.Ops.Elementwise;

namespace Pyrite;

/// <content>Comparisons and logic, element by element, to Bool tensors; comparisons with NaN are false. <see cref="Comparison"/> has them by
/// name.</content>
public sealed partial class Tensor
{
    /// <summary>a &gt; b.</summary>
    public static Tensor operator >(Tensor a, Tensor b) => Compare<GreaterKernel>.Of(a, b);

    /// <summary>a &lt; b.</summary>
    public static Tensor operator <(Tensor a, Tensor b) => Compare<GreaterKernel>.Of(b, a);

    /// <summary>a ≥ b.</summary>
    public static Tensor operator >=(Tensor a, Tensor b) => Compare<GreaterOrEqualKernel>.Of(a, b);

    /// <summary>a ≤ b.</summary>
    public static Tensor operator <=(Tensor a, Tensor b) => Compare<GreaterOrEqualKernel>.Of(b, a);

    /// <summary>Exactly one true (operands: Bool).</summary>
    public static Tensor operator ^(Tensor a, Tensor b) => ToNumber(a).NotEqualTo(ToNumber(b));

    /// <summary>Both true (operands: Bool).</summary>
    public static Tensor operator &(Tensor a, Tensor b) => (ToNumber(a) * ToNumber(b)).To(DType.Bool);

    /// <summary>At least one true (operands: Bool).</summary>
    public static Tensor operator |(Tensor a, Tensor b) => (ToNumber(a) + ToNumber(b)).To(DType.Bool);

    /// <summary>Not true (operand: Bool).</summary>
    public static Tensor operator !(Tensor a) => ToNumber(a).EqualTo(0);

    private static Tensor ToNumber(Tensor a) => a.DType == DType.Bool
        ? a.To(DType.Int64)
        : throw new ArgumentException($"Logic combines Bool tensors; found {a.DType} of shape {a.Shape}. Compare first, for example x > 0.");
}
