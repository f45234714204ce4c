using System.Reflection.Emit;
using Pyrite.Kernels.Emit;

namespace Pyrite.Programs.Compiled;

/// <summary>The loop around the code of a body that runs for every round of a scan: slices come in, the carry goes on, outputs are put to their
/// places.</summary>
/// <remarks>The table of addresses holds the number of rounds, the first place in time, the step from one to the next, and then the address of each
/// array. Single numbers of the carry stay in registers from round to round.</remarks>
internal sealed class RoundLoop(RoundProgram program)
{
    /// <summary>Entries of the table before those of arrays.</summary>
    public const int FirstArray = 3;

    private readonly List<LocalBuilder> arrays = [];
    private LocalBuilder time = null!;
    private LocalBuilder left = null!;
    private Label next;
    private Label end;
    private bool tellsTime;

    /// <summary>What runs over all rounds before them; known once the code is written.</summary>
    public RoundLift Lifted { get; private set; } = null!;

    /// <summary>Where the round that is running is told, if it has operations without code.</summary>
    public Place TimePlace { get; } = program.Reserve(sizeof(long));

    /// <summary>Takes out of a round what needs no carry.</summary>
    public void Lift(ProgramSimplification simple, List<ProgramOrder.Part> schedule)
    {
        Lifted = new RoundLift(program, simple, schedule);
        tellsTime = schedule.Exists(part => part.Kind == NodeKind.Other);
    }

    /// <summary>Writes what stands before the code of a round.</summary>
    /// <param name="writer">Writes the code.</param>
    /// <param name="stored">The sources that something reads in memory.</param>
    public void Begin(ProgramWriter writer, HashSet<int> stored)
    {
        ILGenerator il = writer.Il;
        left = Entry(il, 0);
        time = Entry(il, 1);
        for (int i = 0; i < program.Arrays + Lifted.Results.Length; i++)
        {
            arrays.Add(Entry(il, FirstArray + i));
        }
        foreach (int source in program.Fixed.Concat(program.Carries).Select(port => port.Source).Where(IsNumber))
        {
            writer.Register(source);
        }
        (next, end) = (il.DefineLabel(), il.DefineLabel());
        il.MarkLabel(next);
        il.Emit(OpCodes.Ldloc, left);
        il.Emit(OpCodes.Brfalse, end);
        if (tellsTime)
        {
            writer.PushAddress(TimePlace);
            il.Emit(OpCodes.Ldloc, time);
            il.Emit(OpCodes.Stind_I8);
        }
        foreach (RoundPort carry in program.Carries)
        {
            if (program.KeptAt(carry.Array) is { } kept)
            {
                Put(writer, carry with { Array = kept }, carry.Source);
            }
        }
        foreach (RoundPort input in program.Inputs.Where(port => Lifted.Read.Contains(port.Source)))
        {
            Take(writer, input, stored);
        }
        for (int i = 0; i < Lifted.Results.Length; i++)
        {
            Take(writer, new RoundPort(Lifted.Results[i], program.Arrays + i, 0), stored);
        }
    }

    /// <summary>Writes what stands behind the code of a round.</summary>
    /// <param name="writer">Writes the code.</param>
    /// <param name="simple">What stands for what.</param>
    /// <param name="stored">The sources that something reads in memory.</param>
    public void End(ProgramWriter writer, ProgramSimplification simple, HashSet<int> stored)
    {
        ILGenerator il = writer.Il;
        foreach (RoundPort output in program.Outputs)
        {
            Put(writer, output with { Array = program.OutputAt(output.Array) }, simple.ValueOf(output.Source));
        }
        GoOn(writer, simple, stored);
        il.Emit(OpCodes.Ldloc, time);
        PushEntry(il, 2);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc, time);
        il.Advance(left, -1);
        il.Emit(OpCodes.Br, next);
        il.MarkLabel(end);
        foreach (int carry in program.Carries.Select(port => port.Source).Where(IsNumber))
        {
            writer.Keep(carry);
        }
    }

    private bool IsNumber(int source) => program.SpecOf(source).Shape.Count == 1;

    private long Bytes(int source) => program.SpecOf(source).Shape.Count * program.SpecOf(source).DType.ByteSize;

    /// <summary>The next carry takes the place of the last one; all of it is read before any of it is written.</summary>
    private void GoOn(ProgramWriter writer, ProgramSimplification simple, HashSet<int> stored)
    {
        ILGenerator il = writer.Il;
        (int From, int To)[] all = [.. program.Next.Zip(program.Carries).Select(pair => (pair.First.Source, pair.Second.Source))];
        (int From, int To)[] numbers = Array.FindAll(all, move => IsNumber(move.To));
        (int From, int To)[] moves = Array.FindAll(all, move => !IsNumber(move.To) && program.MemoryOf(move.From) != move.To);
        foreach ((int from, _) in numbers)
        {
            writer.PushNumber(simple.ValueOf(from));
        }
        bool isMixed = moves.Any(move => program.IsGiven(program.MemoryOf(move.From)));
        Place[] rooms = [.. moves.Select(move => isMixed ? program.Reserve(Bytes(move.To)) : program.PlaceOf(move.To))];
        for (int i = 0; i < moves.Length; i++)
        {
            writer.Copy(program.PlaceOf(moves[i].From), rooms[i], Bytes(moves[i].To));
        }
        for (int i = 0; i < moves.Length && isMixed; i++)
        {
            writer.Copy(rooms[i], program.PlaceOf(moves[i].To), Bytes(moves[i].To));
        }
        for (int i = numbers.Length - 1; i >= 0; i--)
        {
            il.Emit(OpCodes.Stloc, writer.Register(numbers[i].To));
        }
        foreach (int carry in numbers.Select(move => move.To).Where(stored.Contains))
        {
            writer.Keep(carry);
        }
    }

    private void Take(ProgramWriter writer, RoundPort port, HashSet<int> stored)
    {
        PushSlice(writer.Il, port);
        if (IsNumber(port.Source))
        {
            writer.Load(program.SpecOf(port.Source).DType);
            writer.PopNumber(port.Source, stored.Contains(port.Source));
            return;
        }
        writer.CopyFromStack(program.PlaceOf(port.Source), Bytes(port.Source));
    }

    private void Put(ProgramWriter writer, RoundPort port, int value)
    {
        if (IsNumber(port.Source))
        {
            PushSlice(writer.Il, port);
            writer.PushNumber(value);
            writer.Store(program.SpecOf(port.Source).DType);
            return;
        }
        writer.PushAddress(program.PlaceOf(port.Source));
        PushSlice(writer.Il, port);
        writer.CopyBetweenStack(Bytes(port.Source));
    }

    /// <summary>Pushes the address of this round's slice of an array.</summary>
    private void PushSlice(ILGenerator il, RoundPort port)
    {
        il.Emit(OpCodes.Ldloc, arrays[port.Array]);
        il.Emit(OpCodes.Ldloc, time);
        il.PushNative(port.Array < program.Arrays ? program.Stride(port.Array) : (int)Bytes(port.Source));
        il.Emit(OpCodes.Mul);
        il.Emit(OpCodes.Add);
        if (port.Element > 0)
        {
            il.Emit(OpCodes.Ldc_I4, port.Element * program.SpecOf(port.Source).DType.ByteSize);
            il.Emit(OpCodes.Add);
        }
    }

    private static LocalBuilder Entry(ILGenerator il, int entry)
    {
        LocalBuilder local = il.DeclareLocal(typeof(nint));
        PushEntry(il, entry);
        il.Emit(OpCodes.Stloc, local);
        return local;
    }

    private static void PushEntry(ILGenerator il, int entry)
    {
        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Ldc_I4, entry * nint.Size);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Ldind_I);
    }
}
