namespace Pyrite.Programs.Scans;

/// <summary>Where the results of a scan stand in the one array that it makes: the carry part by part, then the outputs.</summary>
/// <remarks>Kept carries are the rows 0 to T of a part; a scan that runs backwards fills them from the last one on.</remarks>
internal sealed class ScanLayout
{
    private readonly ScanBody body;
    private readonly ScanOperation scan;
    private readonly int[] starts;

    public ScanLayout(ScanBody body, in ScanOperation scan)
    {
        this.body = body;
        this.scan = scan;
        starts = new int[body.Carries + body.Outputs.Length + 1];
        for (int i = 0; i < starts.Length - 1; i++)
        {
            long rows = i >= body.Carries ? scan.Rounds : scan.KeepsCarries ? scan.Rounds + 1L : 1;
            starts[i + 1] = checked(starts[i] + (int)(rows * ShapeOf(i).Count));
        }
    }

    /// <summary>The number of elements.</summary>
    public int Total => starts[^1];

    /// <summary>The first element of a part of the carry before a round, in the order of running; after the last round at T.</summary>
    public int Carry(int part, int round) =>
        starts[part] + (scan.KeepsCarries ? (scan.IsReverse ? scan.Rounds - round : round) * (int)ShapeOf(part).Count : 0);

    /// <summary>The first element of an output.</summary>
    public int Output(int output) => starts[body.Carries + output];

    /// <summary>Puts zeros where rounds would have left something that there are not.</summary>
    /// <param name="output">The results.</param>
    /// <param name="count">How many rounds there are.</param>
    public void ClearSkipped(Tensor output, int count)
    {
        for (int part = 0; part < starts.Length - 1 && count < scan.Rounds; part++)
        {
            bool isCarry = part < body.Carries;
            if (!isCarry || scan.KeepsCarries)
            {
                int row = (int)ShapeOf(part).Count, first = isCarry && scan.IsReverse ? count + 1 : count;
                Span<byte> rows = output.WriteBytes().Slice(
                    (starts[part] + (first * row)) * output.DType.ByteSize, (scan.Rounds - count) * row * output.DType.ByteSize);
                rows.Clear();
            }
        }
    }

    /// <summary>A part of the carry after the last round.</summary>
    public Tensor FinalCarry(Tensor results, int part) => Part(results, Carry(part, scan.Rounds), ShapeOf(part));

    /// <summary>A part of the carry before each round, [T, ..] in the order of time.</summary>
    public Tensor Carries(Tensor results, int part) =>
        Part(results, starts[part] + (scan.IsReverse ? (int)ShapeOf(part).Count : 0), [scan.Rounds, .. ShapeOf(part)]);

    /// <summary>An output, [T, ..].</summary>
    public Tensor OutputOf(Tensor results, int output) =>
        Part(results, Output(output), [scan.Rounds, .. ShapeOf(body.Carries + output)]);

    private static Tensor Part(Tensor results, int start, Shape shape) => results.Slice(0, start, (int)shape.Count).Reshape(shape);

    private Shape ShapeOf(int part) => part < body.Carries ? body.Given[part].Shape : body.SpecOf(body.Outputs[part - body.Carries]).Shape;
}
