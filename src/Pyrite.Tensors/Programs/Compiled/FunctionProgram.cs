using Pyrite.Kernels.Emit;

namespace Pyrite.Programs.Compiled;

/// <summary>What a recorded function computes from its arguments; all other tensors from outside, and what follows from them alone, are
/// constants.</summary>
internal sealed class FunctionProgram : RecordedProgram
{
    private readonly StepResults results;
    private readonly int[] argumentOf;

    private FunctionProgram(RecordedStream stream, StepResults results, Tensor[] variables)
        : base(stream, 0, stream.Nodes.Count)
    {
        this.results = results;
        argumentOf = [.. results.Outside.Select(given => Array.FindIndex(variables, variable => given.IsView(variable)))];
    }

    /// <summary>The arguments' sources; null for one that nothing reads.</summary>
    public required int?[] Arguments { get; init; }

    /// <summary>The number of elements of each argument.</summary>
    public required int[] ArgumentCounts { get; init; }

    /// <summary>The results' sources.</summary>
    public required int[] Outputs { get; init; }

    /// <summary>For each argument the source of the first result's gradient; null where the result does not depend on it.</summary>
    public required int?[] Gradients { get; init; }

    public override bool KeepsBits => false;

    protected override IEnumerable<int> Wanted => Outputs.Concat(Gradients.OfType<int>());

    /// <summary>Writes down a step that has just been recorded; null where something that depends on the arguments was read.</summary>
    /// <param name="recorder">What recorded it.</param>
    /// <param name="variables">The arguments.</param>
    /// <param name="outputs">The results.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="reader">The place that read it, if one did.</param>
    public static FunctionProgram? Of(Recorder recorder, Tensor[] variables, Tensor[] outputs, Tensor?[] gradients, out string? reader)
    {
        reader = null;
        if (recorder.Results.Stream is not { } stream)
        {
            return null;
        }
        StepResults results = recorder.Results;
        int[] outputSources = Array.ConvertAll(outputs, results.NumberOf);
        int?[] gradientSources = Array.ConvertAll(gradients, g => g is null ? (int?)null : results.NumberOf(g));
        HashSet<int> verdicts =
            [.. recorder.Noted!.Where(check => ReferenceEquals(check.Verdict.Recorder, recorder)).Select(check => check.Verdict.RecordedIndex)];
        FunctionProgram program = new(stream, results, variables)
        {
            Arguments = Array.ConvertAll(variables, variable =>
                results.Outside.FindIndex(given => given.IsView(variable)) is >= 0 and int slot ? -1 - slot : (int?)null),
            ArgumentCounts = Array.ConvertAll(variables, v => v.Count),
            Outputs = outputSources,
            Gradients = gradientSources,
        };
        program.FindDependence();
        if (stream.Escapes.Where(read => program.Depends(read) && !verdicts.Contains(read)).Order().ToArray() is { Length: > 0 } reads)
        {
            reader = reads.Select(read => recorder.Reads?.Find(read)).FirstOrDefault(place => place is not null) ?? "an unknown place";
            return null;
        }
        program.Verdicts = [.. verdicts.Where(program.Depends).Order()];
        program.FindNeeded();
        program.PlaceArguments();
        return program;
    }

    protected override Place PlaceOfGiven(int source) => new(PlaceBase.Block, Offset(source));

    protected override bool Varies(int source) => -1 - source < argumentOf.Length && argumentOf[-1 - source] >= 0;

    protected override bool IsVarying(RecordedNode node) => false;

    /// <summary>The value of the recording, which outlives the step.</summary>
    protected override Tensor Evaluate(int source)
    {
        Tensor value = results.Source(source);
        return value.IsWeak ? value.To(DType.Float64).Keep() : value.Keep();
    }

    /// <summary>The recording does not outlive the step, so what will be read is taken at once.</summary>
    protected override void NoteConstant(int source) => Constant(source);

    /// <summary>Several slots may show one argument.</summary>
    private void PlaceArguments()
    {
        foreach (int argument in Arguments.OfType<int>())
        {
            (int number, int place) = (argumentOf[-1 - argument], Offset(argument));
            for (int slot = 0; slot < argumentOf.Length; slot++)
            {
                if (argumentOf[slot] == number)
                {
                    Join(-1 - slot, place);
                }
            }
        }
    }
}
