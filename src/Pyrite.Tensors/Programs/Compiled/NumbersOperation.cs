namespace Pyrite.Programs.Compiled;

/// <summary>An array of single numbers.</summary>
internal readonly record struct NumbersOperation : IProgramOperation
{
    public string Name => "numbers";

    public NodeKind Kind => NodeKind.Numbers;

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        int size = output.DType.ByteSize;
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i].RawBytes().CopyTo(output.WriteBytes()[(i * size)..]);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => upstream.Reshape(-1)[input];
}
