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

    /// <summary>Writes what stands before the code of a round.</summary>
    /// <param name="writer">Writes the code.</param>
    /// <param name="stored">The sources that something reads in memory.</param>
    public void Begin(ProgramWriter writer, HashSet<int> stored)
    {
        ILGenerator il = writer.Il;
        left = Entry(il, 0);
        time = Entry(il, 1);
        for (int i = 0; i < program.Arrays; i++)
        {
            arrays.Add(Entry(il, FirstArray + i));
        }
        foreach (int source in program.Fixed.Concat(program.Carries).Where(IsNumber))
        {
            writer.Register(source);
        }
        (next, end) = (il.DefineLabel(), il.DefineLabel());
        il.MarkLabel(next);
        il.Emit(OpCodes.Ldloc, left);
        il.Emit(OpCodes.Brfalse, end);
        for (int i = 0; i < program.Carries.Length; i++)
        {
            if (program.KeptAt(i) is { } kept)
            {
                Put(writer, kept, program.Carries[i], program.Carries[i]);
            }
        }
        for (int i = 0; i < program.Inputs.Length; i++)
        {
            Take(writer, i, program.Inputs[i], stored);
        }
    }

    /// <summary>Writes what stands behind the code of a round.</summary>
    /// <param name="writer">Writes the code.</param>
    /// <param name="simple">What stands for what.</param>
    /// <param name="stored">The sources that something reads in memory.</param>
    public void End(ProgramWriter writer, ProgramSimplification simple, HashSet<int> stored)
    {
        ILGenerator il = writer.Il;
        for (int i = 0; i < program.Outputs.Length; i++)
        {
            Put(writer, program.OutputAt(i), program.Outputs[i], simple.ValueOf(program.Outputs[i]));
        }
        GoOn(writer, simple, stored);
        il.Emit(OpCodes.Ldloc, time);
        PushEntry(il, 2);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Stloc, time);
        il.Emit(OpCodes.Ldloc, left);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Stloc, left);
        il.Emit(OpCodes.Br, next);
        il.MarkLabel(end);
        foreach (int carry in program.Carries.Where(IsNumber))
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
        int[] numbers = [.. Enumerable.Range(0, program.Carries.Length).Where(i => IsNumber(program.Carries[i]))];
        (int From, int To)[] moves = [.. Enumerable.Range(0, program.Carries.Length).Except(numbers)
            .Select(i => (program.Next[i], program.Carries[i])).Where(move => program.MemoryOf(move.Item1) != move.Item2)];
        foreach (int i in numbers)
        {
            writer.PushNumber(simple.ValueOf(program.Next[i]));
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
            il.Emit(OpCodes.Stloc, writer.Register(program.Carries[numbers[i]]));
        }
        foreach (int carry in numbers.Select(i => program.Carries[i]).Where(stored.Contains))
        {
            writer.Keep(carry);
        }
    }

    private void Take(ProgramWriter writer, int array, int source, HashSet<int> stored)
    {
        if (IsNumber(source))
        {
            PushSlice(writer.Il, array, source);
            writer.Load(program.SpecOf(source).DType);
            writer.PopNumber(source, stored.Contains(source));
            return;
        }
        PushSlice(writer.Il, array, source);
        writer.CopyFromStack(program.PlaceOf(source), Bytes(source));
    }

    private void Put(ProgramWriter writer, int array, int source, int value)
    {
        if (IsNumber(source))
        {
            PushSlice(writer.Il, array, source);
            writer.PushNumber(value);
            writer.Store(program.SpecOf(source).DType);
            return;
        }
        writer.PushAddress(program.PlaceOf(source));
        PushSlice(writer.Il, array, source);
        writer.CopyBetweenStack(Bytes(source));
    }

    /// <summary>Pushes the address of this round's slice of an array.</summary>
    private void PushSlice(ILGenerator il, int array, int source)
    {
        il.Emit(OpCodes.Ldloc, arrays[array]);
        il.Emit(OpCodes.Ldloc, time);
        il.Emit(OpCodes.Ldc_I4, checked((int)Bytes(source)));
        il.Emit(OpCodes.Conv_I);
        il.Emit(OpCodes.Mul);
        il.Emit(OpCodes.Add);
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
