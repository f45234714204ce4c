using Pyrite.Kernels.Emit;
using Pyrite.Kernels.Memory;

namespace Pyrite.Programs.Compiled;

/// <summary>A segment of small tensors as compiled code over fixed memory, to the bits of eager execution.</summary>
internal sealed class CompiledSegment : StreamPlan, IOperationRunner
{
    /// <summary>Larger arrays are worth the threads and the tiles of a plan: bench `svi`, `particles`.</summary>
    private const int MostElements = 2048;

    /// <summary>The time to compile grows with the nodes: bench `cold`.</summary>
    private const int MostNodes = 3000;

    private readonly SegmentProgram program;
    private readonly ProgramCode code;
    private readonly Storage block;
    private readonly nint home;
    private readonly OtherOperation[] others;

    private CompiledSegment(SegmentProgram program, ProgramCode code)
    {
        this.program = program;
        this.code = code;
        block = Storage.Allocate(Math.Max(program.Size, 64), pinned: true);
        block.Span<byte>(0, block.Capacity).Clear();
        home = EmittedCalls.Address(block);
        Dictionary<int, Tensor> tensors = [];
        others = Array.ConvertAll(code.Others, node => new OtherOperation(program, node, TensorOf));
        foreach (int escape in program.Escapes)
        {
            if (!program.Depends(escape))
            {
                program.Constant(escape).RawBytes().CopyTo(block.Span<byte>(program.Offset(escape), program.Constant(escape).RawBytes().Length));
            }
        }

        Tensor TensorOf(int source)
        {
            if (!program.Depends(source))
            {
                return program.Constant(source);
            }
            if (!tensors.TryGetValue(source, out Tensor? tensor))
            {
                tensors[source] = tensor = Tensor.Unbound(program.SpecOf(source));
                if (!program.IsGiven(program.MemoryOf(source)))
                {
                    tensor.PointTo(block, program.Offset(source));
                }
            }
            return tensor;
        }
    }

    public override bool IsOutdated => program.IsOutdated;

    /// <summary>The plan; null where tensors are too large or code cannot be compiled.</summary>
    public static CompiledSegment? TryCreate(RecordedStream stream, int start, int end)
    {
        if (!ProgramCode.IsAvailable || end - start > MostNodes)
        {
            return null;
        }
        SegmentProgram program = new(stream, start, end);
        if (!program.IsSmall(MostElements))
        {
            return null;
        }
        program.PlaceEscapes();
        return ProgramCode.TryCompile(program) is { } code ? new CompiledSegment(program, code) : null;
    }

    public override void Run(List<Tensor> results, List<Tensor> outside, StepScope scope)
    {
        program.Given.Bind(results, outside, block, home);
        foreach (OtherOperation other in others)
        {
            other.Bind(results, outside);
        }
        code.Run(this, home, program.Given.Addresses);
        foreach (OtherOperation other in others)
        {
            other.Release();
        }
        HandOver(results, outside, scope);
    }

    public override PlanSegment Describe(int recorded, string? reader) => ProgramDescription.Of(program, recorded, reader);

    /// <inheritdoc/>
    public void RunOther(int number) => others[number].Run();

    /// <summary>Copies what escapes into memory of the step.</summary>
    private void HandOver(List<Tensor> results, List<Tensor> outside, StepScope scope)
    {
        if (program.Escapes.Length == 0)
        {
            return;
        }
        Storage kept = scope.Rent(Math.Max(1, program.EscapeBytes));
        block.Span<byte>(0, program.EscapeBytes).CopyTo(kept.Span<byte>(0, program.EscapeBytes));
        foreach (int escape in program.Escapes)
        {
            int root = program.MemoryOf(escape);
            if (program.IsGiven(root))
            {
                results[escape].PointTo(GivenTensors.Of(root, results, outside), 0);
            }
            else if (scope.Recorder.Places.TryPlace(escape, results[escape]))
            {
                Span<byte> place = results[escape].WriteBytes();
                block.Span<byte>(program.Offset(root), place.Length).CopyTo(place);
            }
            else
            {
                results[escape].PointTo(kept, program.Offset(root));
            }
        }
    }

    /// <summary>An operation that runs as outside of programs, on tensors over the plan's memory and on given ones.</summary>
    private sealed class OtherOperation
    {
        private readonly RecordedNode node;
        private readonly Tensor[] inputs;
        private readonly Tensor output;
        private readonly (int Input, int Source, bool IsView)[] given;

        public OtherOperation(RecordedProgram program, int number, Func<int, Tensor> tensorOf)
        {
            node = program.Node(number);
            inputs = Array.ConvertAll(node.Inputs, input => tensorOf(input));
            output = tensorOf(number);
            given = [.. Enumerable.Range(0, inputs.Length).Where(i => program.IsGiven(program.MemoryOf(node.Inputs[i])))
                .Select(i => (i, program.MemoryOf(node.Inputs[i]), program.MemoryOf(node.Inputs[i]) != node.Inputs[i]))];
        }

        /// <summary>Takes the tensors of a run.</summary>
        public void Bind(List<Tensor> results, List<Tensor> outside)
        {
            foreach ((int input, int source, bool isView) in given)
            {
                Tensor tensor = GivenTensors.Of(source, results, outside);
                if (isView)
                {
                    inputs[input].PointTo(tensor, 0);
                }
                else
                {
                    inputs[input] = tensor;
                }
            }
        }

        /// <summary>Computes the result.</summary>
        public void Run() => node.Execute(inputs, output);

        /// <summary>Between runs the plan holds on to no tensors.</summary>
        public void Release()
        {
            foreach ((int input, _, bool isView) in given)
            {
                if (!isView)
                {
                    inputs[input] = output;
                }
            }
        }
    }
}
