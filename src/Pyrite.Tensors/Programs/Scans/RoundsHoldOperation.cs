using Pyrite.Engine;

namespace Pyrite.Programs.Scans;

/// <summary>Whether the verdicts of all rounds, 1 or 0, are 1.</summary>
internal readonly record struct RoundsHoldOperation : IOperation, IRangeVerdict
{
    private const double Least = 0.5;

    public string Name => "check rounds";

    public (double Low, double High, bool LowOpen, bool HighOpen) Bounds => (Least, double.PositiveInfinity, false, false);

    public bool IsWhole => false;

    /// <summary>A Bool scalar.</summary>
    public static Tensor Of(Tensor verdicts) => Executor.Apply(default(RoundsHoldOperation), new TensorSpec(Shape.Scalar, DType.Bool), verdicts);

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        bool holds = true;
        if (inputs[0].DType == DType.Float32)
        {
            foreach (float verdict in inputs[0].Read<float>())
            {
                holds &= verdict >= Least;
            }
        }
        else
        {
            foreach (double verdict in inputs[0].Read<double>())
            {
                holds &= verdict >= Least;
            }
        }
        output.Write<bool>()[0] = holds;
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => null;
}
