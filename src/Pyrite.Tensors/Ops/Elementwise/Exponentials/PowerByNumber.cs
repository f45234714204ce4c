using System.Numerics;
using System.Numerics.Tensors;

namespace Pyrite.Ops.Elementwise.Exponentials;

/// <summary>x to the power of a constant.</summary>
internal readonly record struct PowerByNumber(double Exponent) : IUnaryFunction
{
    public string Name => "power";

    public void Invoke<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (Exponent)
        {
            case -1:
                TensorPrimitives.Reciprocal(x, y);
                break;
            case 0:
                y.Fill(T.One);
                break;
            case 0.5:
                TensorPrimitives.Sqrt(x, y);
                break;
            case 1:
                x.CopyTo(y);
                break;
            case 2:
                TensorPrimitives.Multiply(x, x, y);
                break;
            case 3:
                for (int i = 0; i < x.Length; i++)
                {
                    y[i] = x[i] * x[i] * x[i];
                }
                break;
            default:
                TensorPrimitives.Pow(x, T.CreateTruncating(Exponent), y);
                break;
        }
    }

    public Tensor? Pullback(Tensor x, Tensor y, Tensor dy) => Exponent switch
    {
        0 => null,
        1 => dy,
        2 => dy * (2.0 * x),
        _ => dy * (Exponent * x.Pow(Exponent - 1)),
    };
}
