using Pyrite.Kernels.Chains;
using Pyrite.Kernels.Flat;

namespace Pyrite.Programs;

/// <summary>The compiled code of a recorded function; what it has no instructions for runs as in eager execution.</summary>
internal sealed class ReplayCode
{
    private const int MostSteps = 200_000;

    private readonly ReplayConstants constants;

    private ReplayCode(ReplayRoutine routine, int[] others, int[] verdicts, ReplayConstants constants)
    {
        Routine = routine;
        Others = others;
        Verdicts = verdicts;
        this.constants = constants;
    }

    /// <summary>The code.</summary>
    public ReplayRoutine Routine { get; }

    /// <summary>The operations without code of their own, by the number under which the code calls them.</summary>
    public int[] Others { get; }

    /// <summary>The verdicts of checks, each once.</summary>
    public int[] Verdicts { get; }

    /// <summary>Compiles a program; null where it is too long or code cannot be compiled.</summary>
    public static ReplayCode? TryCompile(ReplayProgram program)
    {
        if (!ChainTable.IsAvailable || program.Steps.Length > MostSteps)
        {
            return null;
        }
        ReplayConstants constants = new();
        ReplayCompiler compiler = new(program, constants);
        ReplayRoutine routine = compiler.Compile();
        return new ReplayCode(routine, [.. compiler.Others], compiler.Verdicts, constants);
    }

    /// <summary>Computes everything once.</summary>
    public void Run(ReplayedFunction owner, nint block)
    {
        Routine(owner, block);
        GC.KeepAlive(constants);
    }
}
