using System.Runtime.CompilerServices;

namespace Pyrite.Benchmarks.Harness;

/// <summary>The option that measures what a program without run-time code, such as a native executable, computes with.</summary>
internal static class RunTimeCodeOption
{
    /// <summary>Its name, without hyphens.</summary>
    public const string Name = "no-run-time-code";

    private const string Switch = "System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported";

    /// <summary>The option as it stands on a command line, for processes that this one starts; none where it is not set.</summary>
    public static string[] Arguments => RuntimeFeature.IsDynamicCodeCompiled ? [] : [$"--{Name}"];

    /// <summary>Sets the switch and reads it, which .NET does once; so this comes before anything touches the library, which would turn it
    /// on.</summary>
    /// <exception cref="InvalidOperationException">The switch was read before.</exception>
    public static void Apply(string[] arguments)
    {
        if (!arguments.Contains($"--{Name}"))
        {
            return;
        }
        AppContext.SetSwitch(Switch, false);
        if (RuntimeFeature.IsDynamicCodeCompiled)
        {
            throw new InvalidOperationException($"--{Name} came too late: something had asked for run-time code before.");
        }
    }
}
