using System.Numerics.Tensors;
using Pyrite.Ops.Elementwise;

namespace Pyrite;

/// <summary>Comparisons and logic, element by element, to Bool tensors; comparisons with NaN are false.</summary>
public static class Comparison
{
    extension(Tensor a)
    {
        /// <summary>Whether elements are equal. (The operator == compares references, as C# does.)</summary>
        public Tensor EqualTo(Tensor b) => Compare<EqualKernel>.Of(a, b);

        /// <summary>Whether elements differ; true with NaN.</summary>
        public Tensor NotEqualTo(Tensor b) => Compare<NotEqualKernel>.Of(a, b);

        /// <summary>Whether elements are larger than those of b: a &gt; b, for languages whose operator means something else.</summary>
        public Tensor GreaterThan(Tensor b) => a > b;

        /// <summary>Whether elements are at least as large as those of b: a ≥ b.</summary>
        public Tensor GreaterThanOrEqualTo(Tensor b) => a >= b;

        /// <summary>Whether elements are smaller than those of b: a &lt; b.</summary>
        public Tensor LessThan(Tensor b) => a < b;

        /// <summary>Whether elements are at most as large as those of b: a ≤ b.</summary>
        public Tensor LessThanOrEqualTo(Tensor b) => a <= b;

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
    }
}
