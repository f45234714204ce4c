namespace Pyrite.Displays;

/// <summary>Shows nothing.</summary>
internal sealed class NoDisplay : IDisplay
{
    public static readonly NoDisplay Only = new();

    public void Show(RunStatus run)
    {
    }

    public void End(RunStatus run)
    {
    }

    public void Tell(string note, TextWriter? elsewhere)
    {
    }
}
