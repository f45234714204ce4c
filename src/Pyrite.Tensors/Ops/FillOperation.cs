namespace Pyrite.Engine;

/// <summary>One number everywhere.</summary>
internal readonly record struct FillOperation(double Value, Shape Shape, DType Type) : IOperation
{
    public string Name => "full";

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
                output.Write<long>().Fill(checked((long)Value));
                break;
            case DType.UInt8:
                output.Write<byte>().Fill(checked((byte)Value));
                break;
            default:
                output.Write<bool>().Fill(Value != 0);
                break;
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;
}
