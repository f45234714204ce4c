
using static Pyrite.Tests.Catalogue.CatalogueEntry;

namespace Pyrite.Tests.Catalogue;

/// <summary>Functions element by element, of one or two tensors.</summary>
internal static class ElementwiseEntries
{
    public static readonly CatalogueEntry[] All =
    [
        Unary("Elementwise.Abs", x => x.Abs(), -2, 2, 0),
        Unary("Elementwise.Cos", x => x.Cos()),
        Unary("Elementwise.Exp", x => x.Exp()),
        Unary("Elementwise.Expm1", x => x.Expm1()),
        Unary("Elementwise.Log", x => x.Log(), 0.2, 4),
        Unary("Elementwise.Log1p", x => x.Log1p(), -0.7, 3),
        Unary("Elementwise.Reciprocal", x => x.Reciprocal(), 0.4, 3),
        Unary("Elementwise.Relu", x => x.Relu(), -2, 2, 0),
        Unary("Elementwise.Sigmoid", x => x.Sigmoid(), -5, 5),
        Unary("Elementwise.Sign", x => x.Sign(), -2, 2, 0),
        Unary("Elementwise.Sin", x => x.Sin()),
        Unary("Elementwise.Softplus", x => x.Softplus(), -30, 30),
        Unary("Elementwise.Sqrt", x => x.Sqrt(), 0.3, 4),
        Unary("Elementwise.Square", x => x.Square()),
        Unary("Elementwise.Tanh", x => x.Tanh()),
        Binary("Tensor.op_Addition", (a, b) => a + b),
        Binary("Tensor.op_Subtraction", (a, b) => a - b),
        Binary("Tensor.op_Multiply", (a, b) => a * b),
        Binary("Tensor.op_Division", (a, b) => a / b, -2, 2, 0.5, 3),
        Unary("Tensor.op_UnaryNegation", x => -x),
        Binary("Powers.Pow", (a, b) => a.Pow(b), 0.4, 3, -3, 3),
        Of("Powers.Pow", draw =>
        {
            double exponent = draw.Pick(-2, -1, -0.5, 0, 0.5, 1, 2, 2.5, 3);
            return new(x => x[0].Pow(exponent), draw.Uniform(draw.AnyShape(), 0.4, 3));
        }),
        Unary("Powers.Exp2", x => x.Exp2()),
        Unary("Powers.Log2", x => x.Log2(), 0.2, 4),
        Unary("Powers.Log10", x => x.Log10(), 0.2, 4),
        Unary("Powers.ReciprocalSqrt", x => x.ReciprocalSqrt(), 0.4, 4),
        Binary("Powers.Hypotenuse", (a, b) => a.Hypotenuse(b), 0.5, 2, -2, 2),
        Unary("Trigonometry.Acos", x => x.Acos(), -0.8, 0.8),
        Unary("Trigonometry.Acosh", x => x.Acosh(), 1.4, 4),
        Unary("Trigonometry.Asin", x => x.Asin(), -0.8, 0.8),
        Unary("Trigonometry.Asinh", x => x.Asinh()),
        Unary("Trigonometry.Atan", x => x.Atan()),
        Binary("Trigonometry.Atan2", (a, b) => a.Atan2(b), 0.5, 2, -2, 2),
        Unary("Trigonometry.Atanh", x => x.Atanh(), -0.8, 0.8),
        Unary("Trigonometry.Cosh", x => x.Cosh()),
        Unary("Trigonometry.Sinh", x => x.Sinh()),
        Unary("Trigonometry.Tan", x => x.Tan(), -1.1, 1.1),
        Unary("Rounding.Ceiling", x => x.Ceiling(), 0, 1, 0, 1),
        Unary("Rounding.Floor", x => x.Floor(), 0, 1, 0, 1),
        Unary("Rounding.Round", x => x.Round(), 0, 1, 0.5),
        Unary("Rounding.Truncate", x => x.Truncate(), 0.1, 0.9),
        Unary("Rounding.Fraction", x => x.Fraction(), 1.1, 1.9),
        Unary("Rounding.Clamp", x => x.Clamp(-0.5, 0.7), -2, 2, -0.5, 0.7),
        Unary("Rounding.NanToNumber", x => x.NanToNumber()),
        Binary("Rounding.CopySign", (a, b) => a.CopySign(b), 0.3, 2, 0.3, 2),
        Binary("Rounding.CopySign", (a, b) => a.CopySign(b), -2, -0.3, 0.3, 2),
        Binary("Rounding.FloorDivide", (a, b) => a.FloorDivide(b), 2.2, 2.8, 1, 1.05),
        Binary("Rounding.Remainder", (a, b) => a.Remainder(b), -2.8, -2.2, 1, 1.05),
        Binary("Rounding.TruncatedRemainder", (a, b) => a.TruncatedRemainder(b), -2.8, -2.2, 1, 1.05),
        Of("Tensor.Maximum", draw => Apart(draw, Tensor.Maximum)),
        Of("Tensor.Minimum", draw => Apart(draw, Tensor.Minimum)),
        Unary("Activations.Celu", x => x.Celu(0.7), -2, 2, 0),
        Unary("Activations.Elu", x => x.Elu(1.3), -2, 2, 0),
        Unary("Activations.Gelu", x => x.Gelu()),
        Unary("Activations.GeluTanh", x => x.GeluTanh()),
        Unary("Activations.HardSigmoid", x => x.HardSigmoid(), -5, 5, -3, 3),
        Unary("Activations.HardTanh", x => x.HardTanh(-0.5, 1.5), -2, 2, -0.5, 1.5),
        Unary("Activations.LeakyRelu", x => x.LeakyRelu(0.2), -2, 2, 0),
        Unary("Activations.LogSigmoid", x => x.LogSigmoid(), -5, 5),
        Unary("Activations.Logit", x => x.Logit(), 0.15, 0.85),
        Unary("Activations.Mish", x => x.Mish()),
        Unary("Activations.Relu6", x => x.Relu6(), -2, 8, 0, 6),
        Unary("Activations.Selu", x => x.Selu(), -2, 2, 0),
        Unary("Activations.Silu", x => x.Silu()),
        Unary("Activations.Softsign", x => x.Softsign(), -2, 2, 0),
        Unary("Casting.To", x => x.Exp().To(DType.Float64)),
        Of("Tensor.Where", draw =>
        {
            (Shape a, Shape b) = draw.Pair();
            Tensor mask = draw.Mask(draw.Narrower(Shape.Broadcast(a, b)));
            return new(x => Tensor.Where(mask, x[0].Exp(), x[1]), draw.Normal(a), draw.Normal(b));
        }),
    ];

    /// <summary>Two tensors whose elements differ wherever they meet: one has even multiples of a step, the other odd ones.</summary>
    private static CatalogueCase Apart(Draw draw, Func<Tensor, Tensor, Tensor> function)
    {
        (Shape a, Shape b) = draw.Pair();
        return new(x => function(x[0], x[1]), (draw.Uniform(a, -4, 4).Round() * 0.4) + draw.Uniform(a, 0, 0.05),
            (draw.Uniform(b, -4, 4).Round() * 0.4) + 0.2 + draw.Uniform(b, 0, 0.05));
    }
}
