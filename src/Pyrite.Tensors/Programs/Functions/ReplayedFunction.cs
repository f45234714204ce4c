using System.Runtime.CompilerServices;
using Pyrite.Engine;
using Pyrite.Kernels.Emit;
using Pyrite.Kernels.Memory;
using Pyrite.Ops.Copies;
using Pyrite.Programs;
using Pyrite.Programs.Compiled;
using Pyrite.Programs.Functions;

namespace Pyrite;

/// <summary>A pure function of Float64 tensors that was recorded once and is evaluated without running its C# code: no step scope, no
/// allocation.</summary>
/// <remarks>Tensors from outside and what follows from them alone are constants. Checks of the recording are tested in every evaluation. One object
/// serves one thread; see <see cref="Fork"/>.</remarks>
public sealed class ReplayedFunction : IOperationRunner
{
    /// <summary>More operations than so are long: a gradient of theirs, one by one, takes many milliseconds where code is not warm yet.</summary>
    private const int LongRecording = 4000;

    private readonly FunctionProgram program;
    private readonly ProgramCode? code;
    private readonly Storage block;
    private readonly nint address;
    private readonly Part[] arguments;
    private readonly Part[] gradients;
    private readonly (int Start, int Count, Tensor? Value)[] fixedGradients;
    private readonly int[] verdicts;
    private readonly int[] argumentPlaces;
    private readonly (int Place, Tensor? Constant)[] results;
    private readonly Step[] steps;
    private readonly Dictionary<int, Tensor> tensors = [];

    private ReplayedFunction(FunctionProgram program, ProgramCode? code)
    {
        this.program = program;
        this.code = code;
        if (code is null)
        {
            Array.ForEach(program.Steps, step => program.PlaceOf(step));
        }
        block = Storage.Allocate(Math.Max(program.Size, 64), pinned: true);
        block.Span<byte>(0, program.Size).Clear();
        steps =
            Array.ConvertAll(code?.Others ?? program.Steps,
                node => new Step(program.Node(node), Array.ConvertAll(program.Node(node).Inputs, TensorOf), TensorOf(node)));
        address = EmittedCalls.Address(block);
        List<Part> inward = [], outward = [];
        List<(int, int, Tensor?)> constant = [];
        for (int i = 0, at = 0; i < program.Arguments.Length; at += program.ArgumentCounts[i++])
        {
            int count = program.ArgumentCounts[i];
            if (program.Arguments[i] is { } argument)
            {
                inward.Add(new Part(at, program.Offset(argument) / sizeof(double), count));
            }
            if (program.Gradients[i] is { } source && program.Depends(source))
            {
                outward.Add(new Part(at, program.Offset(source) / sizeof(double), count));
            }
            else
            {
                constant.Add((at, count, program.Gradients[i] is { } known ? program.Constant(known) : null));
            }
        }
        arguments = [.. inward];
        gradients = [.. outward];
        fixedGradients = [.. constant];
        verdicts = Array.ConvertAll(code?.Verdicts ?? program.Verdicts, program.Offset);
        argumentPlaces = Array.ConvertAll(program.Arguments, argument => argument is { } known ? program.Offset(known) / sizeof(double) : -1);
        results = Array.ConvertAll(program.Outputs,
            source => program.Depends(source) ? (program.Offset(source) / sizeof(double), (Tensor?)null) : (-1, program.Constant(source)));
    }

    /// <summary>The names of the operations that run as in eager execution; all of them where code cannot be compiled.</summary>
    public IReadOnlyList<string> Uncompiled =>
        [.. (code?.Others ?? program.Steps).Select(node => $"{program.Node(node).Name} {program.Node(node).Spec.Shape}")];

    /// <summary>Whether something that depends on the arguments is computed in Float32.</summary>
    public bool IsNarrow => Array.Exists(program.Steps, step => program.Node(step).Spec.DType == DType.Float32);

    /// <summary>Whether the function was recorded as very many operations.</summary>
    public bool IsLong { get; private init; }

    /// <summary>How the function runs, in words.</summary>
    /// <param name="subject">What it is called.</param>
    /// <param name="unrolled">What <see cref="UnrolledLoops"/> has found; null where nobody looked.</param>
    public ExecutionPlan Describe(string subject, IReadOnlyList<UnrolledLoop>? unrolled = null) =>
        new(subject, [ProgramDescription.Of(program, program.Recorded, reader: null)], 0, null, unrolled);

    /// <summary>Records a function; null where it reads a value that depends on its arguments, so that it must be run every time.</summary>
    /// <param name="function">From the arguments to results, Float64; the first one is a scalar if a gradient is wanted.</param>
    /// <param name="shapes">The arguments' shapes.</param>
    /// <param name="point">Where it is recorded: all arguments, one after the other.</param>
    /// <param name="withGradient">Whether the gradient of the first result is wanted.</param>
    /// <exception cref="Exception">What the function throws at the point.</exception>
    public static ReplayedFunction? TryRecord(Func<Tensor[], Tensor[]> function, IReadOnlyList<Shape> shapes, ReadOnlySpan<double> point,
        bool withGradient) =>
        TryRecord(function, shapes, point, withGradient, out _);

    /// <summary>As the shorter form, and says what stood in the way.</summary>
    /// <param name="function">From the arguments to results, Float64; the first one is a scalar if a gradient is wanted.</param>
    /// <param name="shapes">The arguments' shapes.</param>
    /// <param name="point">Where it is recorded: all arguments, one after the other.</param>
    /// <param name="withGradient">Whether the gradient of the first result is wanted.</param>
    /// <param name="reader">The place that reads such a value; null where none does.</param>
    /// <exception cref="Exception">What the function throws at the point.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)] // so that a stack trace tells that a function is being recorded
    public static ReplayedFunction? TryRecord(Func<Tensor[], Tensor[]> function, IReadOnlyList<Shape> shapes, ReadOnlySpan<double> point,
        bool withGradient, out string? reader)
    {
        using Precision.Scope precision = Precision.Use(DType.Float64);

        // A gradient is wanted also where the caller tracks none.
        using NoGradient.Scope tracked = NoGradient.Suspend();
        using StepScope scope = StepScope.Begin();
        scope.Recorder.RecordAfresh(notesReads: true);
        Tensor[] variables = Split(point, shapes);
        Tensor[] outputs = Array.ConvertAll(function(Array.ConvertAll(variables, ArgumentOperation.Of)), output => output.In(Layout.RowMajor));
        if (!withGradient || RolledFunction.TryOf(scope.Recorder, outputs) is not { } rolled)
        {
            return Complete(scope, variables, outputs, withGradient, IsLongIn(scope), out reader);
        }
        using StepScope again = StepScope.Begin();
        again.Recorder.RecordAfresh(notesReads: true);
        return Complete(again, variables, rolled.Issue(), withGradient, IsLongIn(scope), out reader);
    }

    private static bool IsLongIn(StepScope scope) => scope.Recorder.Recorded?.Nodes.Count > LongRecording;

    private static ReplayedFunction? Complete(StepScope scope, Tensor[] variables, Tensor[] outputs, bool withGradient, bool isLong,
        out string? reader)
    {
        Tensor?[] gradients = withGradient && outputs[0].RequiresGradient
            ? Array.ConvertAll(Gradient.OrNull(outputs[0], variables), gradient => gradient?.In(Layout.RowMajor))
            : new Tensor?[variables.Length];
        FunctionProgram? program = FunctionProgram.Of(scope.Recorder, variables, outputs, gradients, out reader);
        return program is null ? null : StepScope.Outside(() => new ReplayedFunction(program, ProgramCode.TryCompile(program)) { IsLong = isLong });
    }

    /// <summary>The loops in the C# code of a function that its recording holds operation by operation, each with the reason why it became no loop of
    /// the program. Runs the function once or twice.</summary>
    /// <param name="function">As for <see cref="TryRecord(Func{Tensor[], Tensor[]}, IReadOnlyList{Shape}, ReadOnlySpan{double}, bool)"/>.</param>
    /// <param name="shapes">The arguments' shapes.</param>
    /// <param name="point">Where it is recorded: all arguments, one after the other.</param>
    /// <returns>Loops of at least 4 rounds and 100 operations, in their order; none where a value that depends on the arguments is read.</returns>
    /// <exception cref="Exception">What the function throws at the point.</exception>
    public static IReadOnlyList<UnrolledLoop> UnrolledLoops(Func<Tensor[], Tensor[]> function, IReadOnlyList<Shape> shapes,
        ReadOnlySpan<double> point) => Programs.Functions.UnrolledLoops.Of(function, shapes, point);

    /// <summary>Variables of the given shapes from numbers one after the other.</summary>
    /// <param name="point">All numbers.</param>
    /// <param name="shapes">The shapes.</param>
    public static Tensor[] Split(ReadOnlySpan<double> point, IReadOnlyList<Shape> shapes)
    {
        Tensor[] variables = new Tensor[shapes.Count];
        int at = 0;
        for (int i = 0; i < variables.Length; i++)
        {
            int count = checked((int)shapes[i].Count);
            variables[i] = Tensor.From(point.Slice(at, count), shapes[i]).AsVariable();
            at += count;
        }
        return variables;
    }

    /// <summary>The same function with memory of its own, for another thread.</summary>
    public ReplayedFunction Fork() => new(program, code) { IsLong = IsLong };

    /// <summary>Evaluates the function; results are read afterwards.</summary>
    /// <param name="point">All arguments, one after the other.</param>
    /// <returns>Whether all checks hold.</returns>
    /// <exception cref="ArgumentException">An operation cannot be computed, such as the factorization of a matrix that is not positive
    /// definite.</exception>
    public bool Run(ReadOnlySpan<double> point)
    {
        Span<double> memory = block.Span<double>(0, program.Size / sizeof(double));
        foreach (Part part in arguments)
        {
            Copy(point.Slice(part.Start, part.Count), memory.Slice(part.Place, part.Count));
        }
        return Run();
    }

    /// <summary>Takes the numbers of one argument, for evaluations in which only some arguments change; they stay until others are taken.</summary>
    /// <param name="argument">Which argument, from 0.</param>
    /// <param name="numbers">All its numbers.</param>
    public void Load(int argument, ReadOnlySpan<double> numbers)
    {
        if (argumentPlaces[argument] >= 0)
        {
            Copy(numbers, block.Span<double>(argumentPlaces[argument] * sizeof(double), program.ArgumentCounts[argument]));
        }
    }

    /// <summary>Evaluates the function at the arguments that were taken (<see cref="Load"/>) or given last; results are read afterwards.</summary>
    /// <returns>Whether all checks hold.</returns>
    /// <exception cref="ArgumentException">An operation cannot be computed, such as the factorization of a matrix that is not positive
    /// definite.</exception>
    public bool Run()
    {
        if (code is not null)
        {
            code.Run(this, address, []);
        }
        else
        {
            foreach (Step step in steps)
            {
                step.Run();
            }
        }
        foreach (int verdict in verdicts)
        {
            if (block.Span<byte>(verdict, 1)[0] == 0)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The value of a scalar function and its gradient; minus infinity where a check fails.</summary>
    /// <param name="point">All arguments, one after the other.</param>
    /// <param name="gradient">The gradient, as the point.</param>
    public double Evaluate(ReadOnlySpan<double> point, Span<double> gradient)
    {
        if (!Run(point))
        {
            return double.NegativeInfinity;
        }
        ReadOnlySpan<double> memory = block.Span<double>(0, program.Size / sizeof(double));
        foreach (Part part in gradients)
        {
            Copy(memory.Slice(part.Place, part.Count), gradient.Slice(part.Start, part.Count));
        }
        foreach ((int start, int count, Tensor? value) in fixedGradients)
        {
            gradient.Slice(start, count).Clear();
            value?.Read<double>()[..count].CopyTo(gradient[start..]);
        }
        return results[0].Place >= 0 ? memory[results[0].Place] : results[0].Constant!.Read<double>()[0];
    }

    /// <summary>Copies a result of the last evaluation.</summary>
    /// <param name="output">Which of the function's results, from 0.</param>
    /// <param name="values">Room for its numbers.</param>
    public void Read(int output, Span<double> values)
    {
        (int place, Tensor? constant) = results[output];
        Copy(constant is null ? block.Span<double>(place * sizeof(double), values.Length) : constant.Read<double>()[..values.Length], values);
    }

    /// <summary>Runs an operation that has no code of its own.</summary>
    void IOperationRunner.RunOther(int number) => steps[number].Run();

    private Tensor TensorOf(int source)
    {
        if (!program.Depends(source))
        {
            return program.Constant(source);
        }
        if (!tensors.TryGetValue(source, out Tensor? tensor))
        {
            tensors[source] = tensor = Tensor.Unbound(program.SpecOf(source));
            tensor.PointTo(block, program.Offset(source));
        }
        return tensor;
    }

    private static void Copy(ReadOnlySpan<double> source, Span<double> target)
    {
        if (source.Length == 1)
        {
            target[0] = source[0];
            return;
        }
        source.CopyTo(target);
    }

    /// <summary>A stretch of the point and where it stands in the block.</summary>
    private readonly record struct Part(int Start, int Place, int Count);

    private readonly struct Step(RecordedNode node, Tensor[] inputs, Tensor output)
    {
        public void Run() => node.Execute(inputs, output);
    }
}
