#!/usr/bin/env python3
"""Repeats exported trials in PyTorch and compares the losses of their first steps.

    cloudsweep run examples/digits.yaml --export-trial 37 /tmp/trial
    python3 examples/torch/reproduce.py /tmp/trial

Models, losses, optimizers, clipping and schedules are PyTorch's own classes; nothing of CloudSweep's arithmetic is written
here again. Needs torch 1.13 or newer and numpy: apt-get install python3-torch.

Exit codes: 0 all losses agree, 1 some do not, 2 wrong arguments or not an exported trial, 3 PyTorch is missing.
"""

import argparse
import json
import math
import os
import struct
import sys
import warnings

try:
    import numpy
    import torch
    from torch import nn
    from torch.optim import lr_scheduler
except ImportError as missing:
    print(f"error: {missing}. This Python ({sys.executable}) has no PyTorch: apt-get install python3-torch, then use /usr/bin/python3", file=sys.stderr)
    sys.exit(3)

# SequentialLR of torch 1.13 warns of what it does itself.
warnings.filterwarnings("ignore", message="The epoch parameter")

FIRST_STEP_BOUND = 1e-6
SGD_BOUND = 1e-4
ADAPTIVE_BOUND = 1e-3


class NotATrial(Exception):
    """The folder is not an exported trial."""


# ---- what the names in trial.json are in PyTorch --------------------------------------------------------------------

ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "gelu": nn.GELU}

# Loss, and what it wants of outputs [rows, outputs] and labels [rows].
LOSSES = {
    "crossEntropy": (nn.CrossEntropyLoss, lambda outputs, labels: (outputs, labels.long())),
    "binaryCrossEntropy": (nn.BCEWithLogitsLoss, lambda outputs, labels: (outputs[:, 0], labels)),
    "meanSquaredError": (nn.MSELoss, lambda outputs, labels: (outputs[:, 0], labels)),
}


def adam(s):
    return {"betas": (s["beta1"], s["beta2"]), "eps": s["epsilon"], "amsgrad": s["amsgrad"], "weight_decay": s["weightDecay"]}


# Class, its arguments beside the rate, and how closely all steps must agree.
OPTIMIZERS = {
    "sgd": (torch.optim.SGD, lambda s: {"weight_decay": s["weightDecay"]}, SGD_BOUND),
    "momentum": (
        torch.optim.SGD,
        lambda s: {"momentum": s["momentum"], "dampening": s["dampening"], "weight_decay": s["weightDecay"]},
        SGD_BOUND,
    ),
    "nesterov": (torch.optim.SGD, lambda s: {"momentum": s["momentum"], "nesterov": True, "weight_decay": s["weightDecay"]}, SGD_BOUND),
    "adagrad": (
        torch.optim.Adagrad,
        lambda s: {
            "lr_decay": s["lrDecay"],
            "initial_accumulator_value": s["initialAccumulator"],
            "eps": s["epsilon"],
            "weight_decay": s["weightDecay"],
        },
        ADAPTIVE_BOUND,
    ),
    "rmsprop": (
        torch.optim.RMSprop,
        lambda s: {
            "alpha": s["alpha"],
            "eps": s["epsilon"],
            "momentum": s["momentum"],
            "centered": s["centered"],
            "weight_decay": s["weightDecay"],
        },
        ADAPTIVE_BOUND,
    ),
    "adam": (torch.optim.Adam, adam, ADAPTIVE_BOUND),
    "adamw": (torch.optim.AdamW, adam, ADAPTIVE_BOUND),
}


def warmup_cosine(optimizer, s, steps):
    warmup = math.floor(s["warmupFraction"] * steps + 0.5)
    cosine = lr_scheduler.CosineAnnealingLR(optimizer, T_max=steps - warmup, eta_min=s["minimumRate"])
    if warmup == 0:
        return cosine
    if s["startFactor"] == 0:
        # LinearLR divides by its first factor.
        rise = lr_scheduler.LambdaLR(optimizer, lambda step: min(1, step / warmup))
    else:
        rise = lr_scheduler.LinearLR(optimizer, start_factor=s["startFactor"], total_iters=warmup)
    return lr_scheduler.SequentialLR(optimizer, [rise, cosine], milestones=[warmup])


def one_cycle(optimizer, s, steps):
    return lr_scheduler.OneCycleLR(
        optimizer,
        max_lr=optimizer.param_groups[0]["lr"],
        total_steps=steps,
        pct_start=s["warmupFraction"],
        div_factor=s["divFactor"],
        final_div_factor=s["finalDivFactor"],
        anneal_strategy="cos",
        cycle_momentum=False,
    )


# How to make it, and whether it steps once an epoch instead of once a step.
SCHEDULES = {
    "constant": (lambda optimizer, s, steps: lr_scheduler.LambdaLR(optimizer, lambda step: 1.0), False),
    "step": (lambda optimizer, s, steps: lr_scheduler.StepLR(optimizer, step_size=s["everyEpochs"], gamma=s["gamma"]), True),
    "exponential": (lambda optimizer, s, steps: lr_scheduler.ExponentialLR(optimizer, gamma=s["gamma"]), True),
    "polynomial": (lambda optimizer, s, steps: lr_scheduler.PolynomialLR(optimizer, total_iters=steps, power=s["power"]), False),
    "cosine": (lambda optimizer, s, steps: lr_scheduler.CosineAnnealingLR(optimizer, T_max=steps, eta_min=s["minimumRate"]), False),
    "warmupCosine": (warmup_cosine, False),
    "oneCycle": (one_cycle, False),
}


# ---- reading --------------------------------------------------------------------------------------------------------


def read_tensors(path):
    """A safetensors file of float32: header length, header, data."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        tensors[name] = torch.from_numpy(numpy.frombuffer(data[begin:end], dtype="<f4").reshape(entry["shape"]).copy())
    return tensors


class Trial:
    """What `cloudsweep run FILE --export-trial N DIR` left in DIR."""

    def __init__(self, folder):
        try:
            with open(os.path.join(folder, "trial.json"), encoding="utf-8") as file:
                self.document = json.load(file)
            self.weights = read_tensors(os.path.join(folder, "weights.safetensors"))
            batches = read_tensors(os.path.join(folder, "batches.safetensors"))
            self.features, self.labels = batches["features"], batches["labels"]
            known = (self.document["format"], self.document["version"])
        except (OSError, ValueError, KeyError, struct.error) as problem:
            raise NotATrial(f"'{folder}' is no exported trial ({problem}); make one with cloudsweep run FILE --export-trial N DIR") from problem
        if known != ("cloudsweep-trial", 1):
            raise NotATrial(f"'{folder}' has format {known[0]} {known[1]}; this program reads cloudsweep-trial 1")
        self.losses = self.document["losses"]
        self.parameters = self.document["parameters"]

    def model(self):
        settings = self.parameters["model"]
        units = [self.document["inputs"], *settings.get("hidden", []), self.document["outputs"]]
        layers = []
        for index, (inputs, outputs) in enumerate(zip(units, units[1:])):
            if index > 0:
                layers.append(ACTIVATIONS[settings["activation"]]())
            linear = nn.Linear(inputs, outputs)
            with torch.no_grad():
                linear.weight.copy_(self.weights[f"layers.{index}.weight"])
                linear.bias.copy_(self.weights[f"layers.{index}.bias"])
            layers.append(linear)
        return nn.Sequential(*layers)

    def train(self, dtype):
        """Losses of the recorded steps in PyTorch."""
        model = self.model().to(dtype)
        features, labels = self.features.to(dtype), self.labels.to(dtype)
        new_loss, wanted = LOSSES[self.document["loss"]]
        loss_of = new_loss()
        settings = self.parameters["optimizer"]
        new_optimizer, arguments, _ = OPTIMIZERS[settings["kind"]]
        optimizer = new_optimizer(model.parameters(), lr=self.parameters["learningRate"], **arguments(settings))
        new_schedule, by_epoch = SCHEDULES[self.parameters["schedule"]["kind"]]
        schedule = new_schedule(optimizer, self.parameters["schedule"], self.document["totalSteps"])
        clip = self.parameters["training"]["gradientClip"]
        losses = []
        begin = 0
        for step, rows in enumerate(self.document["batchRows"], start=1):
            outputs = model(features[begin : begin + rows])
            loss = loss_of(*wanted(outputs, labels[begin : begin + rows]))
            begin += rows
            optimizer.zero_grad()
            loss.backward()
            if clip is not None:
                nn.utils.clip_grad_norm_(model.parameters(), clip)
            optimizer.step()
            losses.append(loss.item())
            if step < self.document["totalSteps"] and (not by_epoch or step % self.document["stepsPerEpoch"] == 0):
                schedule.step()
        return losses

    def bound(self):
        return OPTIMIZERS[self.parameters["optimizer"]["kind"]][2]

    def __str__(self):
        p = self.parameters
        model = p["model"]
        layers = "-".join(str(units) for units in model.get("hidden", []))
        name = " ".join(filter(None, [model["kind"], layers, model.get("activation"), self.document["loss"]]))
        return f"{self.document['sweep']} trial {self.document['trial']}: {name}, {p['optimizer']['kind']}, {p['schedule']['kind']}, rate {p['learningRate']:g}"


# ---- comparing ------------------------------------------------------------------------------------------------------


def deviations(ours, theirs):
    """Relative, per step."""
    return [abs(a - b) / max(abs(b), sys.float_info.min) if math.isfinite(b) else math.inf for a, b in zip(ours, theirs)]


def agrees(trial, found):
    return found[0] <= FIRST_STEP_BOUND and max(found) <= trial.bound()


def worst(found):
    step = max(range(len(found)), key=found.__getitem__)
    return f"{found[step]:.1e} at step {step + 1}"


def show(trial, dtype):
    """The table of one trial; whether it agrees."""
    single = trial.train(torch.float32)
    theirs = single if dtype == "float32" else trial.train(torch.float64)
    found = deviations(trial.losses, theirs)
    print(trial)
    print(f"  step     CloudSweep  PyTorch {dtype}  deviation")
    last = len(found)
    every = max(1, last // 10)
    for step in sorted({1, 2, 3, *range(every, last, every), last}):
        if step <= last:
            print(f"  {step:4d}  {trial.losses[step - 1]:13.9f}  {theirs[step - 1]:15.9f}  {found[step - 1]:9.1e}")
    print(f"  first step {found[0]:.1e} (at most {FIRST_STEP_BOUND:g}), all {last} steps {worst(found)} (at most {trial.bound():g})")
    if dtype == "float64":
        print(f"  against float64: CloudSweep float32 {worst(found)}, PyTorch float32 {worst(deviations(single, theirs))}")
    elif not agrees(trial, found):
        print("  --dtype float64 shows how far PyTorch's own float32 is from float64 in these steps.")
    if trial.document["ended"]:
        print(f"  The trial ended there: {trial.document['ended']}.")
    return agrees(trial, found)


def compare_many(trials, dtype):
    """A line for each trial; whether all agree."""
    failed = 0
    for folder, trial in trials:
        found = deviations(trial.losses, trial.train(getattr(torch, dtype)))
        is_close = agrees(trial, found)
        failed += not is_close
        print(f"{'ok  ' if is_close else 'FAIL'} {len(found):4d} steps, first {found[0]:.1e}, all {worst(found)}: {trial}")
    print(f"{len(trials) - failed} of {len(trials)} trials agree.")
    return failed == 0


def main():
    parser = argparse.ArgumentParser(description="Repeat exported trials in PyTorch and compare the losses of their first steps.")
    parser.add_argument("folders", metavar="DIR", nargs="+", help="folder of an exported trial, or a folder of such folders")
    parser.add_argument("--dtype", choices=["float32", "float64"], default="float32", help="what PyTorch computes in")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    try:
        trials = []
        for folder in arguments.folders:
            inner = sorted(entry.path for entry in os.scandir(folder) if entry.is_dir()) if os.path.isdir(folder) else []
            trials += [(path, Trial(path)) for path in inner or [folder]]
        is_same = show(trials[0][1], arguments.dtype) if len(trials) == 1 else compare_many(trials, arguments.dtype)
    except NotATrial as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 2
    print("The losses agree." if is_same else "The losses do NOT agree.")
    return 0 if is_same else 1


if __name__ == "__main__":
    sys.exit(main())
