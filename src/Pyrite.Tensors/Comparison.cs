using System.Numerics.Tensors;
using Pyrite.Ops.Elementwise;

namespace Pyrite;

/// <summary>Comparisons and logic, element by element, to Bool tensors; comparisons with NaN are false.</summary>
public static class Comparison
{
    extension(Tensor)
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
        public static Tensor operator ^(Tensor a, Tensor b) => a.ToNumber().NotEqualTo(b.ToNumber());

        /// <summary>Both true (operands: Bool).</summary>
        public static Tensor operator &(Tensor a, Tensor b) => (a.ToNumber() * b.ToNumber()).To(DType.Bool);

        /// <summary>At least one true (operands: Bool).</summary>
        public static Tensor operator |(Tensor a, Tensor b) => (a.ToNumber() + b.ToNumber()).To(DType.Bool);

        /// <summary>Not true (operand: Bool).</summary>
        public static Tensor operator !(Tensor a) => a.ToNumber().EqualTo(0);
    }

    extension(Tensor a)
    {
        /// <summary>Whether elements are equal. (The operator == compares references, as C# does.)</summary>
        public Tensor EqualTo(Tensor b) => Compare<EqualKernel>.Of(a, b);

        /// <summary>Whether elements differ; true with NaN.</summary>
        public Tensor NotEqualTo(Tensor b) => Compare<NotEqualKernel>.Of(a, b);

        /// <summary>Whether elements are NaN.</summary>
        public Tensor IsNan() => a.NotEqualTo(a);

        /// <summary>Whether elements are +∞ or -∞.</summary>
        public Tensor IsInfinite() =>
            a.DType.IsFloatingPoint || a.IsWeak ? a.Abs().EqualTo(double.PositiveInfinity) : Tensor.Full(a.Shape, 0, DType.Bool);

        /// <summary>Whether elements are neither infinite nor NaN.</summary>
        public Tensor IsFinite() => a.DType.IsFloatingPoint || a.IsWeak ? (a - a).EqualTo(0) : Tensor.Full(a.Shape, 1, DType.Bool);

        /// <summary>Whether no element is infinite or NaN, true of none; one pass over the memory.</summary>
        public bool AllFinite() => a.IsWeak ? double.IsFinite(a.WeakValue) : a.Count == 0 || a.DType switch
        {
            DType.Float32 => TensorPrimitives.IsFiniteAll(a.Read<float>()),
            DType.Float64 => TensorPrimitives.IsFiniteAll(a.Read<double>()),
            _ => true,
        };

        /// <summary>Whether every element is true; true of none.</summary>
        public bool All() => a.To(DType.Bool).Read<bool>().IndexOf(false) < 0;

        /// <summary>Whether some element is true; false of none.</summary>
        public bool Any() => a.To(DType.Bool).Read<bool>().IndexOf(true) >= 0;

        private Tensor ToNumber() => a.DType == DType.Bool
            ? a.To(DType.Int64)
            : throw new ArgumentException($"Logic combines Bool tensors; found {a.DType} of shape {a.Shape}. Compare first, for example x > 0.");
    }
}
