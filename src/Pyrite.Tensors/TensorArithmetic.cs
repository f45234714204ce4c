using Pyrite.Ops.Elementwise;

namespace Pyrite;

/// <content>The four rules of arithmetic. Shapes broadcast from the last axis; types promote; a number takes its partner's type. Division of integers
/// gives reals of the default precision.</content>
public sealed partial class Tensor
{
    /// <summary>a + b, element by element.</summary>
    public static Tensor operator +(Tensor a, Tensor b) => Zip<AddKernel>.Of(a, b);

    /// <summary>a + b, element by element.</summary>
    public static Tensor operator +(Tensor a, double b) => a + (Tensor)b;

    /// <summary>a + b, element by element.</summary>
    public static Tensor operator +(double a, Tensor b) => (Tensor)a + b;

    /// <summary>a - b, element by element.</summary>
    public static Tensor operator -(Tensor a, Tensor b) => Zip<SubtractKernel>.Of(a, b);

    /// <summary>a - b, element by element.</summary>
    public static Tensor operator -(Tensor a, double b) => a - (Tensor)b;

    /// <summary>a - b, element by element.</summary>
    public static Tensor operator -(double a, Tensor b) => (Tensor)a - b;

    /// <summary>a · b, element by element.</summary>
    public static Tensor operator *(Tensor a, Tensor b) => Zip<MultiplyKernel>.Of(a, b);

    /// <summary>a · b, element by element.</summary>
    public static Tensor operator *(Tensor a, double b) => a * (Tensor)b;

    /// <summary>a · b, element by element.</summary>
    public static Tensor operator *(double a, Tensor b) => (Tensor)a * b;

    /// <summary>a / b, element by element, always in reals; x / 0 is ±∞ and 0 / 0 NaN.</summary>
    public static Tensor operator /(Tensor a, Tensor b) => Zip<DivideKernel>.Of(a, b);

    /// <summary>a / b, element by element, always in reals; x / 0 is ±∞ and 0 / 0 NaN.</summary>
    public static Tensor operator /(Tensor a, double b) => a / (Tensor)b;

    /// <summary>a / b, element by element, always in reals; x / 0 is ±∞ and 0 / 0 NaN.</summary>
    public static Tensor operator /(double a, Tensor b) => (Tensor)a / b;

    /// <summary>-x, element by element.</summary>
    public static Tensor operator -(Tensor x) => x.DType.IsFloatingPoint ? Map<NegateKernel>.Of(x) : 0.0 - x;
}
