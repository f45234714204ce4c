using System.Diagnostics;
using Pyrite.Messages;

namespace Pyrite.Endings;

/// <summary>Ends all ranks when one of them cannot go on: one text, from the lowest rank that failed, and no process left behind.</summary>
internal sealed class Ending(ITransport transport, Waiting waiting, string host)
{
    /// <summary>The exit code of ranks that fail.</summary>
    public const int FailureCode = 1;

    /// <summary>How long a rank waits for the launcher to end it, in milliseconds, before it ends itself.</summary>
    private const int MostMillisecondsToEnd = 2_000;

    /// <summary>How long a rank waits for lower ones that fail in the same moment, and then speak for it, in milliseconds.</summary>
    private const int MillisecondsForLowerRanks = 300;

    /// <summary>How long a rank waits for the end that another has begun, in milliseconds.</summary>
    private const int MillisecondsForOthers = 5_000;

    private int hasBegun;

    /// <summary>Whether the program has come to its end in good order.</summary>
    public bool IsDone { get; set; }

    /// <summary>The program of this rank threw.</summary>
    public void Fail(Exception failure)
    {
        if (Interlocked.Exchange(ref hasBegun, 1) == 0)
        {
            bool isSpokenFor = failure is ClusterException { IsOfAnother: true } || TellOthers(failure.Message);
            if (isSpokenFor)
            {
                Pause(MillisecondsForOthers);
            }

            // What happens between ranks is no matter of lines of code; for all else, the lines are told.
            string cause = failure is ClusterException ? failure.Message : failure.ToString();
            End($"Rank {transport.Rank} of {transport.Size} on {host} failed after {waiting.Count} exchanges, the last for \"{waiting.Purpose}\"; "
                + $"all ranks end now.\n{cause}", FailureCode);
        }
    }

    /// <summary>The process exits in the middle of its program.</summary>
    public void Leave(int code)
    {
        if (!IsDone && Interlocked.Exchange(ref hasBegun, 1) == 0)
        {
            End($"Rank {transport.Rank} of {transport.Size} on {host} left with exit code {code} before the end of its program, after "
                + $"{waiting.Count} exchanges, the last for \"{waiting.Purpose}\". The others could not finish without it, so all ranks end now. "
                + "Return from the program instead, on all ranks.", code == 0 ? FailureCode : code);
        }
    }

    /// <summary>Whether a lower rank fails too.</summary>
    private bool TellOthers(string text)
    {
        try
        {
            byte[] note = FailureNote.Write(text), theirs = new byte[FailureNote.MostBytes];
            for (int rank = 0; rank < transport.Size; rank++)
            {
                if (rank != transport.Rank)
                {
                    transport.Post(rank, note);
                }
            }
            long end = Environment.TickCount64 + MillisecondsForLowerRanks;
            SpinWait spin = default;
            while (transport.Rank > 0 && Environment.TickCount64 < end)
            {
                if (transport.TakeNote(theirs, out int from) > 0 && from < transport.Rank)
                {
                    return true;
                }
                spin.SpinOnce();
            }
        }
        catch (ClusterException)
        {
            // Whoever cannot be told is ended by the launcher.
        }
        return false;
    }

    private void End(string text, int code)
    {
        Console.Error.WriteLine(text);
        Console.Error.Flush();

        // A launcher that is cut off itself ends nobody.
        using Timer watch = new(_ => Process.GetCurrentProcess().Kill(), null, MostMillisecondsToEnd, Timeout.Infinite);
        transport.Abort(code);
        Pause(MostMillisecondsToEnd * 2);
    }

    private static void Pause(int milliseconds)
    {
        using ManualResetEventSlim never = new();
        never.Wait(milliseconds);
    }
}
