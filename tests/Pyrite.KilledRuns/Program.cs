using System.Runtime.CompilerServices;

namespace Pyrite.Tests;

/// <summary>Starts what a test asks for; it has no tensors of its own, so that Pyrite is not loaded before it says so.</summary>
internal static class Program
{
    private static void Main(string[] arguments)
    {
        if (arguments is not ["code", string when])
        {
            KilledRuns.Run(arguments);
            return;
        }

        // What .NET has read once it does not read again.
        bool read = when == "early" && RuntimeFeature.IsDynamicCodeSupported;
        Fit();
        Console.WriteLine($"{read} {RuntimeFeature.IsDynamicCodeSupported}");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fit() => KilledRuns.Fit().Step(KilledRuns.Data);
}
