using Pyrite.Kernels.Emit;

namespace Pyrite.Programs.Compiled;

/// <summary>The compiled loop over the rounds of a scan, whatever their number.</summary>
internal sealed class RoundCode
{
    /// <summary>A loop is one method, and the time to compile a method grows faster than its length: bench `loops`.</summary>
    private const int MostSteps = 3000;

    /// <summary>Larger arrays are worth the threads of kernels.</summary>
    private const int MostElements = 2048;

    private readonly ProgramCode code;
    private readonly RoundLoop loop;

    private RoundCode(RoundProgram program, ProgramCode code, RoundLoop loop) => (Program, this.code, this.loop) = (program, code, loop);

    /// <summary>What runs over all rounds before them.</summary>
    public RoundLift Lifted => loop.Lifted;

    /// <summary>Where the block tells the round that is running, while operations without code run.</summary>
    public long TimePlace => loop.TimePlace.Position;

    /// <summary>The program.</summary>
    public RoundProgram Program { get; }

    /// <summary>The operations without code of their own, by the number under which the code calls them.</summary>
    public int[] Others => code.Others;

    /// <summary>Compiles a program; null where arrays are large, it is too long, or code cannot be compiled.</summary>
    public static RoundCode? TryCompile(RoundProgram program)
    {
        if (program.Steps.Length > MostSteps || !program.IsSmall(MostElements))
        {
            return null;
        }
        RoundLoop loop = new(program);
        return ProgramCode.TryCompile(program, loop) is { } code ? new RoundCode(program, code, loop) : null;
    }

    /// <summary>Runs all rounds.</summary>
    /// <param name="owner">Runs the operations without code.</param>
    /// <param name="block">The address of the memory.</param>
    /// <param name="table">The number of rounds, the first place in time, the step, and the addresses of arrays.</param>
    public void Run(IOperationRunner owner, nint block, nint[] table) => code.Run(owner, block, table);
}
