using Pyrite.Engine;

namespace Pyrite.Ops.Creation;

/// <summary>One number everywhere.</summary>
internal readonly record struct FillOperation(double Value, Shape Shape, DType Type) : IVaryingOperation
{
    public string Name => "full";

    public bool GivesOneNumber => true;

    /// <summary>The number may change from step to step.</summary>
    public bool Equals(FillOperation other) => Type == other.Type && Shape.Equals(other.Shape);

    public override int GetHashCode() => HashCode.Combine(Type, Shape);

    /// <summary>Whether another one has the very number.</summary>
    public bool HasNumberOf(in FillOperation other) => BitConverter.DoubleToInt64Bits(Value) == BitConverter.DoubleToInt64Bits(other.Value);

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        switch (Type)
        {
            case DType.Float32:
                output.Write<float>().Fill((float)Value);
                break;
            case DType.Float64:
                output.Write<double>().Fill(Value);
                break;
            case DType.Int64:
                output.Write<long>().Fill(Whole(long.MinValue, long.MaxValue));
                break;
            case DType.UInt8:
                output.Write<byte>().Fill((byte)Whole(byte.MinValue, byte.MaxValue));
                break;
            default:
                output.Write<bool>().Fill(Value != 0);
                break;
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;

    private long Whole(long smallest, long largest) => Value >= smallest && Value <= largest
        ? (long)Value
        : throw new ArgumentOutOfRangeException(nameof(Value), Value,
            $"full: {Type} holds integers from {smallest} to {largest}; use a floating-point type for this number.");
}
