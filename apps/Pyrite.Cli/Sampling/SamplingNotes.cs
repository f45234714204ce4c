namespace Pyrite.Cli.Sampling;

/// <summary>Where nobody watches: what a run has to say goes to the errors, and nothing else is shown.</summary>
/// <remarks>Chains report from threads of their own.</remarks>
internal sealed class SamplingNotes(TextWriter errors) : IProgress<McmcProgress>
{
    private readonly Lock gate = new();
    private readonly HashSet<string> told = [];

    public void Report(McmcProgress value)
    {
        lock (gate)
        {
            // A note that several chains have is told once.
            if (value.Note is { } note && told.Add(note))
            {
                errors.WriteLine(note);
                errors.Flush();
            }
        }
    }
}
